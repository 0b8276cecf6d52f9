// What there is to do, and the observers' screen: where each sheet stands, no figures at all.
#include <algorithm>

#include "app/collect/desk_sheet.h"

namespace scrutineer {
namespace {

// A person's grants, looked up once for a whole list.
class Reach {
 public:
  Reach(const Collector::View& view, const VerifierKey& key) : grants_(desk_grants(view, key)) {}
  DeskRoles over(const Target& target) const {
    DeskRoles roles;
    for (const auto& [role, grant] : grants_)
      if (grant.coverage.covers(target)) roles.add(role);
    return roles;
  }

 private:
  std::vector<std::pair<DeskRole, GrantState>> grants_;
};

// Everything about one sheet that a list needs.
struct Listed {
  DeskSheet sheet;
  DeskRoles roles;
  SheetInLog log;
  ui::DeskState state;
};

template <class Visit>
void each_sheet(const Desk::State& s, const Collector::View& view, const DeskPerson& person, Visit&& visit) {
  s.index.update(view);
  Reach reach(view, person.key);
  for (ContestIndex contest = 0; contest < s.election.contests().size(); ++contest)
    for (UnitIndex unit = 0; unit < s.election.tree().units().size(); ++unit) {
      DeskSheet sheet{unit, contest};
      DeskRoles roles = reach.over(sheet.target());
      if (roles.empty()) continue;
      SheetInLog in_log = s.index.sheet(view, contest, unit);
      visit(Listed{sheet, roles, in_log, s.state_of(sheet, in_log, view)});
    }
}

bool has_read(const CellCount& count, const Hand& hand) {
  return std::any_of(count.readings().begin(), count.readings().end(),
                     [&](const Reading& reading) { return reading.by.same_person(hand); });
}

// What a typist can enter now.
std::optional<ui::DeskAction::Kind> to_enter(const CellCount* count, const Hand& hand) {
  using Kind = ui::DeskAction::Kind;
  if (!count) return Kind::enter_first;
  bool own = count->draft() && count->draft()->by.same_person(hand);
  switch (count->phase()) {
    case EntryPhase::none: return Kind::enter_first;
    case EntryPhase::first: return own ? std::optional(Kind::enter_first) : std::nullopt;
    case EntryPhase::one: return has_read(*count, hand) ? std::nullopt : std::optional(Kind::enter_second);
    case EntryPhase::second: return own ? std::optional(Kind::enter_second) : std::nullopt;
    case EntryPhase::different: return has_read(*count, hand) ? std::nullopt : std::optional(Kind::third_reading);
    case EntryPhase::third: return own ? std::optional(Kind::third_reading) : std::nullopt;
    case EntryPhase::agreed: return std::nullopt;
  }
  __builtin_unreachable();
}

class Actions {
 public:
  Actions(const Desk::State& s, const Collector::View& view, const DeskPerson& person, const Listed& listed)
      : s_(s), view_(view), person_(person), at_(listed), count_(s.cell(listed.sheet)) {}

  std::vector<ui::DeskAction> all() {
    using Kind = ui::DeskAction::Kind;
    bool counting = s_.counting(at_.log, count_);
    if (at_.roles.has(DeskRole::typist) && counting) entry();
    if (at_.state == ui::DeskState::blocked && at_.roles.has(DeskRole::coordinator)) add(Kind::accept, "/desk/sheet");
    if (at_.state == ui::DeskState::ready && at_.roles.has(DeskRole::chair)) add(Kind::announce, "/desk/sheet");
    if (!counting && at_.state == ui::DeskState::announced && at_.roles.any_of({DeskRole::chair, DeskRole::member}) &&
        !has_signed(view_, at_.log.shown->index, person_))
      add(Kind::sign, "/desk/sheet");
    to_do_ = actions_.size();
    bool sheet_named = std::any_of(actions_.begin(), actions_.end(), [](const ui::DeskAction& action) {
      return action.kind == Kind::accept || action.kind == Kind::announce || action.kind == Kind::sign;
    });
    if (!sheet_named && may_look(counting)) add(Kind::look, "/desk/sheet");
    if (at_.roles.any_of({DeskRole::chair, DeskRole::member, DeskRole::coordinator}))
      add(Kind::custody, "/desk/custody");
    return std::move(actions_);
  }
  std::size_t to_do() const { return to_do_; }

 private:
  void add(ui::DeskAction::Kind kind, const char* path) {
    DeskCell cell = s_.cell_of(at_.sheet);
    if (kind == ui::DeskAction::Kind::custody) cell.contest.clear();
    actions_.push_back({kind, with_query(path, cell)});
  }
  void entry() {
    using Kind = ui::DeskAction::Kind;
    const bool live = count_ && count_->draft() && count_->draft()->live && !count_->draft()->live->checker;
    auto kind = to_enter(count_, {person_.key});
    if (live) return add(Kind::live_count, "/desk/live");  // the recorder goes on, the second person looks on
    if (kind) add(*kind, *kind == Kind::third_reading ? "/desk/third" : "/desk/entry");
    bool untouched = !count_ || count_->phase() == EntryPhase::none;
    if (untouched && s_.contest(at_.sheet).definition.votes_per_ballot == 1) add(Kind::live_count, "/desk/live");
  }
  bool may_look(bool counting) const {
    if (!counting) return true;
    return at_.roles.any_of(kBeforeAnnouncement) && at_.state != ui::DeskState::expected;
  }

  const Desk::State& s_;
  const Collector::View& view_;
  const DeskPerson& person_;
  const Listed& at_;
  const CellCount* count_;
  std::vector<ui::DeskAction> actions_;
  std::size_t to_do_ = 0;
};

bool wanted(const Unit& unit, const std::string& search) {
  return search.empty() || unit.id.value().find(search) != std::string::npos ||
         unit.name.find(search) != std::string::npos;
}

std::string since(const Desk::State& s, const DeskSheet& sheet, ui::DeskState state) {
  const CellCount* count = s.cell(sheet);
  if (!count) return {};
  if (state == ui::DeskState::announced || state == ui::DeskState::in_effect)
    return count->offered().empty() ? std::string() : local_time_of_day(s.day, count->offered().back().at);
  return count->since() ? local_time_of_day(s.day, *count->since()) : std::string();
}

tl::unexpected<DeskRefusal> refuse_stranger() {
  return refuse(ErrorCode::unauthorised, "이 열쇠에는 지금 아무 권한도 없습니다.", "this key holds no role here now");
}

}  // namespace

DeskResult<ui::DeskHome> Desk::home(const DeskPerson& person, const std::string& search) const {
  if (!is_plain_text(search, kDeskInputBytes))
    return refuse(ErrorCode::invalid_argument, "찾을 말이 너무 깁니다.", "this is too long to search for");
  std::lock_guard lock(state_->mutex);
  const State& s = *state_;
  ui::DeskHome page;
  page.search = search;
  page.progress.resize(s.election.contests().size());
  std::vector<ui::DeskRow> idle;
  bool anything = false;
  s.collector.read([&](const Collector::View& view) {
    each_sheet(s, view, person, [&](const Listed& listed) {
      anything = true;
      ui::Progress& progress = page.progress[listed.sheet.contest];
      ++progress.total;
      if (listed.log.tally == CellState::counted) ++progress.counted;
      const Unit& unit = s.unit(listed.sheet);
      if (!wanted(unit, search)) return;
      Actions actions(s, view, person, listed);
      auto list = actions.all();
      auto& rows = actions.to_do() > 0 ? page.rows : idle;
      if (rows.size() >= kDeskRows) return void(++page.more);
      rows.push_back({{unit.row, unit.name},
                      unit.id.value(),
                      unit.kind,
                      listed.sheet.contest,
                      listed.state,
                      s.is_late(listed.sheet, listed.state),
                      std::move(list)});
    });
  });
  if (!anything) return refuse_stranger();
  std::size_t room = std::min(idle.size(), kDeskRows - page.rows.size());
  page.more += static_cast<std::int64_t>(idle.size() - room);
  std::move(idle.begin(), idle.begin() + static_cast<std::ptrdiff_t>(room), std::back_inserter(page.rows));
  return page;
}

DeskResult<ui::Board> Desk::board(const DeskPerson& person) const {
  std::lock_guard lock(state_->mutex);
  const State& s = *state_;
  ui::Board board;
  board.as_of = local_time_of_day(s.day, s.now());
  bool anything = false;
  s.collector.read([&](const Collector::View& view) {
    board.log_size = view.folded;
    each_sheet(s, view, person, [&](const Listed& listed) {
      anything = true;
      bool late = s.is_late(listed.sheet, listed.state);
      ++board.counts[static_cast<std::size_t>(listed.state)];
      if (late) ++board.late;
      if (board.cells.size() >= kBoardCells) return;
      const Unit& unit = s.unit(listed.sheet);
      board.cells.push_back(
          {{unit.row, unit.name}, listed.sheet.contest, listed.state, late, since(s, listed.sheet, listed.state)});
    });
  });
  if (!anything) return refuse_stranger();
  return board;
}

}  // namespace scrutineer
