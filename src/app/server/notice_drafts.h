// What people have written and not yet signed: in memory only, for one session, for an hour at most. Private to
// app/server.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/notice/content.h"
#include "app/notice/node.h"
#include "app/ui/notice_model.h"

namespace scrutineer {

inline constexpr std::size_t kDrafts = 256;
inline constexpr std::size_t kDraftsOfOne = 6;  // of one session; then its oldest goes
inline constexpr std::size_t kDraftBytes = 192u << 20;
inline constexpr std::uint64_t kDraftSeconds = 3'600;

struct NoticeDraft {
  NoticeDraft() = default;
  NoticeDraft(const NoticeDraft&) = delete;
  ~NoticeDraft();  // wipes what is confidential

  UnsignedRecord draft;  // empty text: one for each of `agreements`, signed by the machine
  ui::NoticeToSign shown;
  std::optional<RecordId> about;  // the notice
  // Of a notice: to go over it once more, or to send it to many.
  ui::NoticeForm form;
  std::vector<PayloadFile> attached;
  std::vector<RecordId> agreements;
  NoticeKind kind = NoticeKind::attack;
  NoticeContent content;
  // Of an answer.
  ui::AnswerForm answer;
  ui::Bilingual done;  // what is said once it is signed
  std::string next;    // the page after that

  std::size_t bytes() const;
};

// Thread-safe.
class NoticeDrafts {
 public:
  NoticeDrafts(Clock& clock, Rng& rng) : clock_(clock), rng_(rng) {}
  std::string add(const std::string& session, std::shared_ptr<NoticeDraft> draft);  // its token, also in `shown`
  // nullptr: none of that session, or too long ago.
  std::shared_ptr<NoticeDraft> find(const std::string& session, std::string_view token);
  void drop(const std::string& session, std::string_view token);
  void drop_all(const std::string& session);

 private:
  struct Kept {
    Hash256 session;
    std::string token;
    std::uint64_t at_ns = 0;
    std::shared_ptr<NoticeDraft> draft;
  };
  void drop_old(const Hash256& session);
  std::mutex mutex_;
  Clock& clock_;
  Rng& rng_;
  std::deque<Kept> kept_;  // the newest last
};

}  // namespace scrutineer
