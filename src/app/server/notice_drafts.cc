#include "app/server/notice_drafts.h"

#include <algorithm>

#include "core/crypto/hash.h"
#include "core/crypto/secret.h"

namespace scrutineer {

NoticeDraft::~NoticeDraft() {
  if (draft.sealed) wipe(draft.sealed->plaintext);
  for (PayloadFile& file : attached) wipe(file.bytes);
  for (PayloadFile& file : content.files) wipe(file.bytes);
  for (PayloadField& field : content.fields) wipe(field.value);
  for (std::string* text :
       {&form.title, &form.description, &form.indicators, &form.affected, &form.told, &form.observations, &form.relays,
        &form.actions, &form.actor, &form.aliases, &answer.actions, &answer.results})
    wipe(*text);
}

std::size_t NoticeDraft::bytes() const {
  std::size_t sum =
      draft.text.size() + (draft.sealed ? draft.sealed->ciphertext.size() + draft.sealed->plaintext.size() : 0);
  for (const PayloadFile& file : attached) sum += file.bytes.size();
  for (const PayloadFile& file : content.files) sum += file.bytes.size();
  for (const PayloadField& field : content.fields) sum += field.value.size();
  return sum;
}

std::string NoticeDrafts::add(const std::string& session, std::shared_ptr<NoticeDraft> draft) {
  std::lock_guard lock(mutex_);
  const Hash256 owner = sha256(session);
  Hash256 drawn;
  rng_.fill(drawn.bytes);
  std::string token = to_hex(drawn).substr(0, 32);
  draft->shown.draft = token;
  draft->form.draft = token;
  kept_.push_back({owner, token, clock_.monotonic_ns(), std::move(draft)});
  drop_old(owner);
  return token;
}

// The newest stays in any case: it was just made, and its parts are bounded by the form's own limit.
void NoticeDrafts::drop_old(const Hash256& session) {
  const std::uint64_t now = clock_.monotonic_ns();
  std::erase_if(kept_, [&](const Kept& one) { return now - one.at_ns > kDraftSeconds * 1'000'000'000; });
  auto own = [&](const Kept& one) { return one.session == session; };
  while (std::count_if(kept_.begin(), kept_.end(), own) > static_cast<std::ptrdiff_t>(kDraftsOfOne))
    kept_.erase(std::find_if(kept_.begin(), kept_.end(), own));
  auto sum = [&] {
    std::size_t bytes = 0;
    for (const Kept& one : kept_) bytes += one.draft->bytes();
    return bytes;
  };
  while (kept_.size() > kDrafts || (kept_.size() > 1 && sum() > kDraftBytes)) kept_.pop_front();
}

std::shared_ptr<NoticeDraft> NoticeDrafts::find(const std::string& session, std::string_view token) {
  std::lock_guard lock(mutex_);
  const Hash256 owner = sha256(session);
  const std::uint64_t now = clock_.monotonic_ns();
  for (const Kept& one : kept_)
    if (one.session == owner && one.token == token && now - one.at_ns <= kDraftSeconds * 1'000'000'000)
      return one.draft;
  return nullptr;
}

void NoticeDrafts::drop(const std::string& session, std::string_view token) {
  std::lock_guard lock(mutex_);
  const Hash256 owner = sha256(session);
  std::erase_if(kept_, [&](const Kept& one) { return one.session == owner && one.token == token; });
}

void NoticeDrafts::drop_all(const std::string& session) {
  std::lock_guard lock(mutex_);
  const Hash256 owner = sha256(session);
  std::erase_if(kept_, [&](const Kept& one) { return one.session == owner; });
}

}  // namespace scrutineer
