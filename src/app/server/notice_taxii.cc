#include "app/server/notice_taxii.h"

#include <algorithm>
#include <utility>

#include "app/notice/content.h"
#include "core/base/limits.h"
#include "core/codec/object_reader.h"
#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::size_t kPieceBytes = 512u << 10;  // of an envelope, in one string of an object
constexpr std::uint64_t kObjectBits = 16;        // of a head's place: which object of the notice
static_assert(limits::kStixObjects < (std::uint64_t{1} << kObjectBits));

StixId envelope_id(const RecordId& notice) {
  return seeded_id(kEnvelopeObject, notice.hash, "envelope");
}

// The STIX of an opened notice; nothing where it holds none that can be read.
std::vector<StixObject> objects_of(BytesView plaintext) {
  auto payload = read_payload(plaintext);
  if (!payload) return {};
  for (const PayloadFile& file : payload->files) {
    if (file.name != kStixFile) continue;
    auto bundle = read_stix(file.bytes);
    if (bundle) return std::move(bundle->objects);
  }
  return {};
}

Bytes bundle_of(const std::vector<StixObject>& objects, Rng& rng) {
  Hash256 seed;
  rng.fill(seed.bytes);
  Bytes text = "{\"type\":\"bundle\",\"id\":\"" + seeded_id("bundle", seed, "bundle").text() + "\",\"objects\":[";
  for (std::size_t i = 0; i < objects.size(); ++i) text.append(i ? "," : "").append(objects[i].text);
  return text.append("]}");
}

}  // namespace

std::string taxii_collection_id(std::string_view name) {
  return std::string(seeded_id("collection", sha256(name), "collection").uuid());
}

Bytes envelope_object(const RecordId& notice, UnixSeconds created, BytesView envelope) {
  const std::string time = to_rfc3339(created).insert(19, ".000");
  JsonWriter out;
  out.begin_object().member("type", kEnvelopeObject).member("spec_version", "2.1");
  out.member("id", envelope_id(notice).text()).member("created", time).member("modified", time);
  out.name("envelope").begin_array();
  for (std::size_t at = 0; at < envelope.size(); at += kPieceBytes)
    out.string(to_base64(envelope.substr(at, kPieceBytes)));
  out.end_array().end_object();
  return out.take();
}

Result<Bytes> envelope_in(BytesView object) {
  auto document = Json::parse(object);
  if (!document) return fail(ErrorCode::malformed, "this is no envelope as a STIX object");
  Problems problems;
  const ObjectReader in(document->root(), problems);
  Bytes envelope;
  bool good = in.string("type") == kEnvelopeObject;
  for (const std::string& text : in.strings("envelope")) {
    auto piece = from_base64(text);
    good &= piece && envelope.size() + piece->size() <= kEnvelopeBytes;
    if (!good) break;
    envelope += *piece;
  }
  if (!problems.empty() || !good) return fail(ErrorCode::malformed, "this is no envelope as a STIX object");
  return envelope;
}

Result<std::unique_ptr<NoticeTaxii>> NoticeTaxii::open(Disk& disk, NoticeNode& node, Clock& clock, Rng& rng,
                                                       const std::string& directory) {
  const std::string path = directory + std::string(kTaxiiUsersFile);
  SCRUTINEER_TRY(bool there, disk.exists(path));
  Bytes text;
  if (there) {
    SCRUTINEER_TRY(text, read_file(disk, path, limits::kTrustFileBytes));
  }
  auto users = TaxiiUsers::parse(text);
  if (!users) return tl::unexpected(placed(users.error(), path));
  return std::unique_ptr<NoticeTaxii>(new NoticeTaxii(node, clock, rng, std::move(*users)));
}

std::optional<TaxiiUser> NoticeTaxii::user_of(std::string_view authorization) {
  return users_.user_of(authorization);
}

TaxiiAbout NoticeTaxii::about() {
  return {node_.title().ko + " · " + node_.title().en, "Attack notices of this node, opened for whoever may read them.",
          ""};
}

void NoticeTaxii::catch_up() {
  auto have = [&](const std::string& id) { return kept(id) != nullptr; };
  auto make = [&](What what, const std::string& alias, const std::string& title, std::optional<RecordId> agreement) {
    const std::string id = taxii_collection_id(alias);
    if (have(id)) return;
    auto made = std::make_unique<Kept>();
    made->what = what;
    made->id = id;
    made->alias = alias;
    made->title = title;
    made->agreement = agreement;
    kept_.push_back(std::move(made));
  };
  if (node_.role() == NodeRole::institution) return make(What::inbox, "inbox", "받은 통보 · Notices received", {});
  if (node_.role() != NodeRole::notifier) return;
  make(What::outbox, "outbox", "모든 기관에 통보 · To every institution", {});
  node_.read([&](const NoticeNode::View& view) {
    for (const AgreementState* state : view.book.agreements()) {
      if (!state->in_effect) continue;
      const Bilingual& title = state->terms.institution.title;
      const std::string id = to_hex(state->id);
      make(What::outbox, "outbox-" + id, "통보 · To: " + title.ko + " · " + title.en, state->id);
      make(What::envelopes, "envelopes-" + id, "봉인된 통보 · Sealed, for: " + title.ko + " · " + title.en, state->id);
    }
  });
}

NoticeTaxii::Kept* NoticeTaxii::kept(std::string_view id) {
  for (const auto& one : kept_)
    if (one->id == id || one->alias == id) return one.get();
  return nullptr;
}

std::vector<TaxiiCollection> NoticeTaxii::collections(const TaxiiUser& user) {
  std::lock_guard lock(mutex_);
  catch_up();
  std::vector<TaxiiCollection> out;
  for (const auto& one : kept_) {
    auto may = [&](char what) { return users_.may(user, one->id, what) || users_.may(user, one->alias, what); };
    const bool read = one->what != What::outbox && may('r'), write = one->what == What::outbox && may('w');
    if (read || write) out.push_back({one->id, one->title, "", one->alias, read, write});
  }
  return out;
}

void NoticeTaxii::catch_up(Kept& kept) {
  std::vector<New> news = std::exchange(kept.waiting, {});
  node_.read([&](const NoticeNode::View& view) {
    const auto& records = view.book.records();
    for (; kept.seen < records.size(); ++kept.seen) {
      const BookedNotice& record = records[kept.seen];
      if (record.record.type() != NoticeType::notice || !record.counts) continue;
      if (kept.agreement && record.record.agreement != kept.agreement) continue;
      news.push_back({kept.seen, record.id, view.known_since[kept.seen]});
    }
  });
  for (const New& one : news)
    if (!add_notice(kept, one)) kept.waiting.push_back(one);
}

bool NoticeTaxii::add_notice(Kept& kept, const New& one) {
  auto add = [&](const StixId& object, const std::string& version, const Hash256& hash, std::uint64_t number) {
    const TaxiiTime time = kept.index.next_time({one.since * kMicros});
    kept.index.add({time, object, version.empty() ? to_string(time) : version, hash,
                    (std::uint64_t{one.record} << kObjectBits) | number});
  };
  if (kept.what == What::envelopes) {
    auto envelope = node_.envelope_of(one.id);
    if (!envelope) return envelope.error().code != ErrorCode::not_found;
    const std::string version = to_rfc3339({one.since}).insert(19, ".000");
    add(envelope_id(one.id), version, sha256(envelope_object(one.id, {one.since}, *envelope)), 0);
    return true;
  }
  auto plaintext = node_.open_content(one.id);
  // Not for this node: its pages say so. Contents may come later than their record.
  if (!plaintext) return plaintext.error().code != ErrorCode::not_found;
  const std::vector<StixObject> objects = objects_of(*plaintext);
  wipe(*plaintext);
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (!kept.index.find(objects[i], sha256(objects[i].text)))
      add(objects[i].id, objects[i].version(), sha256(objects[i].text), i);
  return true;
}

Result<TaxiiFound> NoticeTaxii::find(const TaxiiUser&, const TaxiiCollection& from, const TaxiiQuery& query) {
  std::lock_guard lock(mutex_);
  Kept* kept = this->kept(from.id);
  if (!kept) return fail(ErrorCode::not_found, "there is no such collection");
  catch_up(*kept);
  return kept->index.find(query);
}

Result<Bytes> NoticeTaxii::open(const TaxiiUser&, const TaxiiCollection& from, const TaxiiHead& head) {
  What what;
  {
    std::lock_guard lock(mutex_);
    const Kept* kept = this->kept(from.id);
    if (!kept) return fail(ErrorCode::not_found, "there is no such collection");
    what = kept->what;
  }
  const auto record = static_cast<NoticeIndex>(head.place >> kObjectBits);
  const auto number = static_cast<std::size_t>(head.place & ((std::uint64_t{1} << kObjectBits) - 1));
  auto [id, since] = node_.read([&](const NoticeNode::View& view) {
    return std::pair{view.book.records()[record].id, view.known_since[record]};
  });
  if (what == What::envelopes) {
    SCRUTINEER_TRY(Bytes envelope, node_.envelope_of(id));
    return envelope_object(id, {since}, envelope);
  }
  SCRUTINEER_TRY(Bytes plaintext, node_.open_content(id));
  std::vector<StixObject> objects = objects_of(plaintext);
  wipe(plaintext);
  if (number >= objects.size()) return fail(ErrorCode::not_found, "there is no such object");
  return std::move(objects[number].text);
}

std::vector<RecordId> NoticeTaxii::recipients(const Kept& kept) const {
  if (kept.agreement) return {*kept.agreement};
  std::vector<RecordId> all;
  node_.read([&](const NoticeNode::View& view) {
    for (const AgreementState* state : view.book.agreements())
      if (state->in_effect) all.push_back(state->id);
  });
  return all;
}

Result<TaxiiStatus> NoticeTaxii::add(const TaxiiUser& user, const TaxiiCollection& to, std::vector<StixObject> objects,
                                     std::vector<TaxiiOutcome> failures) {
  std::vector<RecordId> agreements;
  {
    std::lock_guard lock(mutex_);
    const Kept* kept = this->kept(to.id);
    if (!kept || kept->what != What::outbox) return fail(ErrorCode::unauthorised, "nothing is written there");
    agreements = recipients(*kept);
  }
  TaxiiStatus status;
  status.requested = {clock_.now().value * kMicros};
  status.failures = std::move(failures);
  if (!objects.empty()) {
    SCRUTINEER_TRY(NoticeContent content, content_of_stix(bundle_of(objects, rng_), {}));
    bool all = !agreements.empty();
    for (const auto& one : node_.notify_many(agreements, NoticeKind::attack, content.fields, content.files))
      all &= one.has_value() && one->outcome != TakenIn::Outcome::refused;
    for (const StixObject& object : objects)
      (all ? status.successes : status.failures)
          .push_back({object.id.text(), object.version(), all ? "" : "not every institution could be notified"});
  }
  return statuses_.keep(user, std::move(status));
}

std::optional<TaxiiStatus> NoticeTaxii::status(const TaxiiUser& user, std::string_view id) {
  return statuses_.find(user, id);
}

}  // namespace scrutineer
