// What the pages of notices show, out of the book: pure. Nothing confidential is in a book, so nothing is in these;
// what is under seal becomes a model in notice_content.h alone. Private to app/server.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/notice/node.h"
#include "app/ui/notice_model.h"

namespace scrutineer {

inline constexpr std::size_t kNoticeRows = 400;           // of one page
inline constexpr std::size_t kNoticeRowsOfFile = 10'000;  // of the board as a file
inline constexpr std::size_t kNoticesAtOnce = 500;        // looked at while the book stands still

// The book as one node sees it now.
struct NoticeSight {
  const NoticeBook& book;
  const std::vector<std::int64_t>& known_since;
  NodeRole role = NodeRole::relay;
  std::int64_t now = 0;
  std::vector<std::string> unreachable;  // names of logs whose machine does not answer

  std::int64_t since(NoticeIndex index) const { return index < known_since.size() ? known_since[index] : 0; }
};

PartyRole party_of(NodeRole role);  // a relay is none: as the oversight body
ui::Bilingual shown(const Bilingual& text);
std::string notice_number(const RecordId& id);  // "3f2a 91c0 04be": to be said on the telephone
std::optional<RecordId> record_id_of(std::string_view hex);

// "2026-11-22 19:20:01 KST": Korean time, which has no summer time. Empty for 0.
std::string local_time(std::int64_t unix_seconds);
// "2026-11-22 19:20" or "2026-11-22T19:20[:01]", Korean time; nullopt: no such time.
std::optional<std::int64_t> read_local_time(std::string_view text);
std::string shown_time(const std::string& rfc3339);  // in Korean time, or as it stands

// What somebody is under one agreement, for this node's party; nullopt: nothing (or not any more).
std::optional<Duty> duty_of(const AgreementState& agreement, PartyRole party, const VerifierKey& key);
bool may_read(Duty duty);    // officers, deputies, whoever sits at the telephone
bool may_commit(Duty duty);  // representatives: agreements, rotas, keys
std::vector<std::string> duties_of(const NoticeSight& sight, const VerifierKey& key);  // codes, each once

// One version. Precondition: it is booked.
ui::NoticeRow row_of(const NoticeSight& sight, const NoticeVersion& version);
std::vector<ui::NoticeClock> clocks_of(const NoticeSight& sight, const NoticeVersion& version);

struct NoticeChoice {
  std::optional<ui::NoticeState> only;
  bool late = false;
  ui::NoticeSort sort = ui::NoticeSort::urgency;
  std::optional<std::vector<RecordId>> of;  // these alone
  std::size_t rows = kNoticeRows;
};
// A list is made in pieces, so that the node goes on between them: first the ids of first versions, then kNoticesAtOnce
// of them at a time, each inside a look of its own, then finish_list().
std::vector<RecordId> exchanges_of(const NoticeSight& sight);
void add_to_list(const NoticeSight& sight, const NoticeChoice& choice, std::span<const RecordId> firsts,
                 ui::NoticeList& list);
void finish_list(const NoticeChoice& choice, ui::Lang lang, ui::NoticeList& list);
ui::NoticeList list_of(const NoticeSight& sight, const NoticeChoice& choice, ui::Lang lang);  // all at once

// `by`: until when, at the latest, as witnesses say, a record was there; nullopt: not known.
using WitnessedBy = std::function<std::optional<std::int64_t>(const RecordId&)>;
// Errors: not_found.
Result<ui::NoticePage> page_of(const NoticeSight& sight, const RecordId& notice, const VerifierKey& person,
                               const WitnessedBy& by);
ui::NoticeActions actions_of(const NoticeSight& sight, const NoticeVersion& version, const VerifierKey& person);

std::vector<ui::ComposePage::Agreement> agreements_of(const NoticeSight& sight);  // in effect
ui::DutyPage duty_page_of(const NoticeSight& sight, const VerifierKey& person);
ui::StatementsPage statements_of(const NoticeSight& sight, const VerifierKey& person);
ui::KeysPage keys_of(const NoticeSight& sight, const VerifierKey& person);
std::vector<ui::CallPage::Side> calls_of(const NoticeSight& sight, const NoticeVersion& version, bool& proven);
// In pieces, too: every agreement's figures, added up.
class PublicFigures {
 public:
  void add(const NoticeSight& sight, std::span<const RecordId> firsts);
  ui::NoticePublic finish(const NoticeSight& sight);

 private:
  ui::NoticePublic page_;
  std::map<RecordId, ui::NoticePublic::Agreement> agreements_;
  std::vector<std::int64_t> durations_[5];  // by NoticeStep
};
std::string public_json(const ui::NoticePublic& page);

}  // namespace scrutineer
