// Who may do what: grants and revocations by those whom the definition lets grant, inside their own scope.
#include <algorithm>

#include "app/collect/desk_state.h"

namespace scrutineer {
namespace {

const std::string kNewGrant = "people new";

std::string about_revoking(const std::string& grant) {
  return "people revoke " + grant;
}

bool lets_grant(const Election& election, const Role& own, const Role& role) {
  for (const GrantorRule& rule : election.definition().grantors)
    if (rule.role == own && std::find(rule.may_grant.begin(), rule.may_grant.end(), role) != rule.may_grant.end())
      return true;
  return false;
}

// Live grants of this key from which it may grant something.
std::vector<GrantState> own_grants(const Desk::State& s, const Collector::View& view, const VerifierKey& key) {
  std::vector<GrantState> own;
  for (const auto& [role, grant] : desk_grants(view, key))
    for (const GrantorRule& rule : s.election.definition().grantors)
      if (rule.role == grant.role && !rule.may_grant.empty()) {
        own.push_back(grant);
        break;
      }
  return own;
}

bool may_grant(const Election& election, const std::vector<GrantState>& own, const Role& role,
               const Coverage& coverage) {
  return std::any_of(own.begin(), own.end(), [&](const GrantState& grant) {
    return lets_grant(election, grant.role, role) && grant.coverage.covers(coverage);
  });
}

std::string name_of(const UnitTree& tree, UnitRange range) {
  for (const Area& area : tree.areas())
    if (area.units == range) return area.path;
  if (range.end == range.first + 1) return tree.units()[range.first].id.value();
  return tree.units()[range.first].id.value() + " … " + tree.units()[range.end - 1].id.value();
}

std::string scope_of(const Election& election, const Coverage& coverage) {
  std::string out;
  for (UnitRange range : coverage.units) out += (out.empty() ? "" : ", ") + name_of(election.tree(), range);
  if (coverage.all_contests) return out;
  for (ContestIndex contest : coverage.contests) out += " · " + election.contests()[contest].definition.id.value();
  return out;
}

// All contests, or those of the grantor where it does not hold all.
std::vector<std::string> contests_of(const Election& election, const std::vector<GrantState>& own) {
  std::vector<std::string> ids;
  for (const GrantState& grant : own) {
    if (grant.coverage.all_contests) return {"*"};
    for (ContestIndex contest : grant.coverage.contests) {
      const std::string& id = election.contests()[contest].definition.id.value();
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
  }
  return ids;
}

tl::unexpected<DeskRefusal> refuse_grantor() {
  return refuse(ErrorCode::unauthorised, "그 역할을 그 범위에서 주거나 거둘 권한이 지금 없습니다.",
                "you may not grant or revoke that role there now");
}

}  // namespace

DeskResult<ui::PeoplePage> Desk::people(const DeskPerson& person) const {
  std::lock_guard lock(state_->mutex);
  const State& s = *state_;
  ui::PeoplePage page;
  bool any = s.collector.read([&](const Collector::View& view) {
    auto own = own_grants(s, view, person.key);
    const RecordBook& book = view.fold.book();
    for (std::size_t i = book.grants().size(); !own.empty() && i-- > 0 && page.rows.size() < kPeopleRows;) {
      const GrantState& grant = book.grants()[i];
      if (!may_grant(s.election, own, grant.role, grant.coverage)) continue;
      ui::PeoplePage::Row row{book.keys()[grant.key].key.name,
                              grant.role.value(),
                              scope_of(s.election, grant.coverage),
                              to_hex(grant.record),
                              grant.until == kNever,
                              {},
                              grant.until == kNever};
      if (const MadeText* made = s.made_for(person, about_revoking(row.grant_id)))
        if (row.live) row.revoke_text = made->text;
      page.rows.push_back(std::move(row));
    }
    return !own.empty();
  });
  if (!any) return refuse_grantor();
  if (const MadeText* made = s.made_for(person, kNewGrant)) page.new_text = made->text;
  return page;
}

DeskResult<void> Desk::people_new(const DeskPerson& person, const std::string& vkey, const std::string& role,
                                  const std::vector<std::string>& units) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  auto key = parse_vkey(vkey);
  if (!key || !check_public_key(key->key))
    return refuse(ErrorCode::malformed, "공개 열쇠의 글이 온전하지 않습니다. 다시 붙여 넣으십시오.",
                  "this is no whole public key; paste it again");
  Grant grant{*key, Role(role), {{}, {}}};
  for (const std::string& unit : units)
    if (!unit.empty() && is_plain_text(unit, kDeskInputBytes)) grant.scope.units.push_back(unit);
  if (grant.scope.units.empty() || grant.scope.units.size() > kDeskRows)
    return refuse(ErrorCode::invalid_argument, "투표구나 지역을 한 줄에 하나씩 적으십시오.",
                  "name units or areas, one a line");
  DeskResult<void> allowed = s.collector.read([&](const Collector::View& view) -> DeskResult<void> {
    auto own = own_grants(s, view, person.key);
    if (own.empty()) return refuse_grantor();
    grant.scope.contests = contests_of(s.election, own);
    auto coverage = resolve_scope(grant.scope, s.election);
    if (!coverage)
      return refuse(ErrorCode::not_found, "이 선거에 없는 투표구나 지역이 있습니다.", coverage.error().message);
    if (!may_grant(s.election, own, grant.role, *coverage)) return refuse_grantor();
    auto same = view.fold.book().keys().find(key->name, key->id);
    if (same && !(view.fold.book().keys()[*same].key == *key))
      return refuse(ErrorCode::conflict, "다른 열쇠가 이미 이 이름을 씁니다.", "another key already has this name");
    return {};
  });
  DESK_CHECKED(std::move(allowed));
  s.remember(person, kNewGrant, {s.record_of(std::move(grant)), {}, {}, {}});
  return {};
}

DeskResult<void> Desk::people_revoke(const DeskPerson& person, const std::string& grant, const std::string& reason) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  if (reason.empty() || !is_plain_text(reason, kReasonBytes))
    return refuse(ErrorCode::invalid_argument, "사유를 적으십시오(한글 약 650자까지).",
                  "give a reason of up to 2,000 bytes");
  auto id = hash_from_hex(grant);
  bool allowed = id && s.collector.read([&](const Collector::View& view) {
    auto found = view.fold.book().grants().find(RecordId{*id});
    return found && found->until == kNever &&
           may_grant(s.election, own_grants(s, view, person.key), found->role, found->coverage);
  });
  if (!allowed) return refuse_grantor();
  s.remember(person, about_revoking(grant),
             {s.record_of(Revoke{RecordId{*id}, without_cr(reason)}), grant, reason, {}});
  return {};
}

DeskResult<PeopleSigned> Desk::people_sign(const DeskPerson& person, const NoteSignature& signature) {
  std::lock_guard lock(state_->mutex);
  State& s = *state_;
  // Those that were made for this person, and stand together in the map.
  std::string prefix = to_string(person.key) + "\npeople ";
  for (auto made = s.made.lower_bound(prefix); made != s.made.end() && made->first.starts_with(prefix); ++made) {
    if (!State::signed_by(person, made->second.text, signature)) continue;
    DESK_TRY(Record record, read_record_text(made->second.text));
    PeopleSigned out;
    // Asked of the log as it is now: what one could grant when the text was made, one may have lost since.
    bool allowed = s.collector.read([&](const Collector::View& view) {
      auto own = own_grants(s, view, person.key);
      if (const auto* grant = std::get_if<Grant>(&record.body)) {
        auto coverage = resolve_scope(grant->scope, s.election);
        return coverage && may_grant(s.election, own, grant->role, *coverage);
      }
      auto found = view.fold.book().grants().find(std::get<Revoke>(record.body).grant);
      if (!found || !may_grant(s.election, own, found->role, found->coverage)) return false;
      out.revoked = view.fold.book().keys()[found->key].key;
      return true;
    });
    if (!allowed) return refuse_grantor();
    DESK_CHECKED(s.hand_in(made->second.text, signature));
    s.made.erase(made);
    return out;
  }
  return refuse_signature();
}

}  // namespace scrutineer
