// Ballot boxes and envelopes: what happened to them, signed by those present. Public at once: no figures are in it.
#include <algorithm>

#include "app/collect/desk_sheet.h"

namespace scrutineer {
namespace {

constexpr std::size_t kCustodyRows = 500;

constexpr std::initializer_list<DeskRole> kMayRecord = {DeskRole::chair, DeskRole::member, DeskRole::coordinator};

struct UnitAt {
  UnitIndex unit = 0;
  DeskRoles roles;
};
DeskResult<UnitAt> unit_at(const Desk::State& s, const DeskPerson& person, const std::string& id) {
  auto unit = s.election.tree().find_unit(UnitId(id));
  if (!unit) return refuse(ErrorCode::not_found, "이 선거에 그런 투표구는 없습니다.", "this election has no such unit");
  UnitAt at{*unit, s.collector.read([&](const Collector::View& view) {
              return roles_over_unit(view, s.election, person.key, *unit);
            })};
  if (at.roles.empty()) return refuse_role();
  return at;
}

// Records in the log about this unit's boxes, as far as they can be read.
struct Kept {
  Custody body;
  std::string text, at;
  std::vector<std::string> signers;
  bool in_effect = false, signed_by_person = false;
};
std::vector<Kept> kept(const Desk::State& s, const DeskPerson& person, UnitIndex unit) {
  std::vector<std::pair<Position, Kept>> found;
  s.collector.read([&](const Collector::View& view) {
    s.index.update(view);
    const RecordBook& book = view.fold.book();
    std::vector<RecordIndex> records = s.index.about(view, RecordType::custody, 0, unit);
    if (records.size() > kCustodyRows) records.erase(records.begin(), records.end() - kCustodyRows);
    for (RecordIndex index : records) {
      RecordState record = book.records()[index];
      Kept one;
      one.in_effect = record.effect != kNever;
      for (const RecordSigner& signer : record.signers)
        if (signer.key != kStranger) one.signers.push_back(book.keys()[signer.key].key.name);
      one.signed_by_person = has_signed(view, index, person);
      found.emplace_back(record.first, std::move(one));
    }
  });
  std::vector<Kept> out;
  for (auto& [position, one] : found) {
    auto note = s.log.entry(position);
    auto entry = note ? parse_entry(*note) : tl::unexpected(note.error());
    if (!entry) continue;  // on its way
    one.text = std::string(entry_text(*note));
    one.at = entry->record.at.value_or("");
    one.body = std::get<Custody>(std::move(entry->record.body));
    out.push_back(std::move(one));
  }
  return out;
}

std::string about_custody(const std::string& unit) {
  return "custody\n" + unit;
}

std::vector<std::string> lines_of(const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (std::string line : lines) {
    std::erase(line, '\r');
    line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
    line.erase(line.find_last_not_of(" \t") + 1);
    if (!line.empty()) out.push_back(std::move(line));
  }
  return out;
}

template <class Names>
std::optional<std::size_t> index_of(const Names& names, const std::string& word) {
  auto found = std::find(std::begin(names), std::end(names), word);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(names));
}

std::optional<std::string> stated(const std::string& text) {
  std::string clean = without_cr(text);
  return clean.empty() ? std::nullopt : std::optional(std::move(clean));
}

bool is_good_text(const CustodyForm& form) {
  auto good = [](const std::string& text) { return is_plain_text(text, kDeskInputBytes); };
  return good(form.name) && good(form.from) && good(form.to) && good(form.order) && good(form.note) &&
         std::all_of(form.seals.begin(), form.seals.end(), good) &&
         std::all_of(form.broken.begin(), form.broken.end(), good);
}

}  // namespace

DeskResult<ui::CustodyPage> Desk::custody(const DeskPerson& person, const std::string& unit) const {
  std::lock_guard lock(state_->mutex);
  const State& s = *state_;
  DESK_TRY(UnitAt at, unit_at(s, person, unit));
  ui::CustodyPage page;
  const Unit& named = s.election.tree().units()[at.unit];
  page.unit = {named.row, named.name};
  page.unit_id = unit;
  page.may_add = at.roles.any_of(kMayRecord);
  for (Kept& one : kept(s, person, at.unit)) {
    ui::CustodyRow row;
    row.object = kCustodyObjectNames[static_cast<std::size_t>(one.body.object)];
    row.name = one.body.name;
    row.event = kCustodyEventNames[static_cast<std::size_t>(one.body.event)];
    row.seals = one.body.seals;
    row.broken = one.body.broken;
    row.from = one.body.from.value_or("");
    row.to = one.body.to.value_or("");
    row.order = one.body.order.value_or("");
    row.note = one.body.note;
    row.at = one.at;
    row.signers = std::move(one.signers);
    row.in_effect = one.in_effect;
    row.record_id = to_hex(record_id(one.text));
    if (!one.signed_by_person) row.text = std::move(one.text);
    page.rows.push_back(std::move(row));
  }
  if (const MadeText* made = s.made_for(person, about_custody(unit)))
    if (page.may_add) page.new_text = made->text;
  return page;
}

DeskResult<void> Desk::custody_new(const DeskPerson& person, const CustodyForm& form) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(UnitAt at, unit_at(s, person, form.unit));
  if (!at.roles.any_of(kMayRecord)) return refuse_role();
  auto object = index_of(kCustodyObjectNames, form.object);
  auto event = index_of(kCustodyEventNames, form.event);
  if (!object || !event || !is_good_text(form))
    return refuse(ErrorCode::invalid_argument, "무엇에 무슨 일이 있었는지 고르고, 이름과 봉인 번호를 적으십시오.",
                  "choose what it is and what happened, and give its name and seals");
  Custody custody{UnitId(form.unit),     static_cast<CustodyObject>(*object),
                  without_cr(form.name), static_cast<CustodyEvent>(*event),
                  lines_of(form.seals),  lines_of(form.broken),
                  stated(form.from),     stated(form.to),
                  stated(form.order),    without_cr(form.note)};
  std::string text = s.record_of(std::move(custody));
  if (auto good = read_record_text(text); !good)
    return refuse(
        ErrorCode::invalid_argument,
        "빠진 것이 있습니다: 봉인에는 번호, 옮길 때는 출발과 도착, 보관에는 장소, 재검표에는 명령이 필요합니다.",
        "something is missing: " + good.error().message);
  s.remember(person, about_custody(form.unit), {std::move(text), {}, {}, {}});
  return {};
}

// The signature says which of the texts it belongs to: it is good for one at most.
DeskResult<void> Desk::custody_sign(const DeskPerson& person, const std::string& unit, const NoteSignature& signature) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  DESK_TRY(UnitAt at, unit_at(s, person, unit));
  const MadeText* made = s.made_for(person, about_custody(unit));
  if (made && at.roles.any_of(kMayRecord) && State::signed_by(person, made->text, signature)) {
    DESK_CHECKED(s.hand_in(made->text, signature));
    s.forget(person, about_custody(unit));
    return {};
  }
  for (const Kept& one : kept(s, person, at.unit)) {
    if (one.signed_by_person || !State::signed_by(person, one.text, signature)) continue;
    DESK_CHECKED(s.hand_in(one.text, signature));
    return {};
  }
  return refuse_signature();
}

}  // namespace scrutineer
