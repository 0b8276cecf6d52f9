#include <set>

#include "core/eml/naming.h"
#include "core/reconcile/other.h"

namespace scrutineer {
namespace {

class FromEml {
 public:
  FromEml(const Election& election, ContestIndex contest, const eml::Header& header, OtherTally& out)
      : election_(election), contest_(contest), header_(header), naming_(election, contest), out_(out) {}

  void add(const eml::ContestCount& count) {
    for (const eml::Group& unit : count.units) {
      if (auto found = naming_.find_unit(unit.id))
        add(unit, {false, *found});
      else if (auto area = naming_.find_area(unit.id, unit.name))
        add(unit, {true, *area});
      else
        out_.unknown.add(unit.place, "this election has no unit " + unit.id + " (" + unit.name + ")");
    }
    if (!count.total) return;
    auto area = naming_.find_area(header_.authority_id, header_.authority_name);
    // A file about all of a small election is signed by whoever counted it.
    if (!area && out_.rows.size() == election_.tree().units().size()) area = 0;
    if (area)
      add(*count.total, {true, *area});
    else
      out_.unknown.add(count.total->place, "this election has no area " + header_.authority_id + " (" +
                                               header_.authority_name + "): the total is not compared");
  }

 private:
  void add(const eml::Group& group, Place place) {
    if (!seen_.insert(place).second)
      return out_.unknown.add(group.place, group.id + " stands for a place that was there already; not compared");
    OtherRow row{contest_, place, {}};
    row.columns.resize(kFigures + election_.contests()[contest_].options.size());
    auto figure = [&](Figure f) -> auto& {
      return row.columns[static_cast<std::size_t>(f)];
    };
    figure(Figure::electors) = group.electors();
    figure(Figure::ballots_issued) = group.admitted();
    figure(Figure::ballots_cast) = group.papers();
    figure(Figure::valid) = group.counted;
    figure(Figure::invalid) = group.invalid;
    figure(Figure::blank) = group.blank;
    for (const eml::Selection& selection : group.selections) {
      if (selection.candidate.empty() == naming_.candidates()) continue;  // the contest counts the other kind
      if (auto option = naming_.find_option(selection.list, selection.candidate))
        row.columns[kFigures + *option] = selection.votes;
      else
        out_.unknown.add(group.place, "the contest has no list " + selection.list +
                                          (selection.candidate.empty() ? "" : ", candidate " + selection.candidate));
    }
    out_.rows.push_back(std::move(row));
  }

  const Election& election_;
  ContestIndex contest_;
  const eml::Header& header_;
  eml::Naming naming_;
  OtherTally& out_;
  std::set<Place> seen_;
};

}  // namespace

OtherTally other_from_eml(const Election& election, std::optional<ContestIndex> contest, const eml::Count& count,
                          std::string file) {
  OtherTally out;
  out.name = std::move(file);
  out.states_everything = true;
  std::set<ContestIndex> seen;
  for (const eml::ContestCount& one : count.contests) {
    auto found = contest && count.contests.size() == 1 ? contest : eml::find_contest(election, one.id);
    // A package made of EML calls its contest as EML calls the election; EML's contests are its districts.
    if (!found) found = election.find_contest(ContestId(count.header.election_id));
    if (!found)
      out.unknown.add(out.name, "this election has no contest " + one.id + " (" + one.name + ")");
    else if (!seen.insert(*found).second)
      out.unknown.add(out.name, "the contest " + one.id + " stands there twice; only the first is compared");
    else
      FromEml(election, *found, count.header, out).add(one);
  }
  out.remarks = count.problems;
  return out;
}

}  // namespace scrutineer
