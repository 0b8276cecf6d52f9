// The count sheet (개표상황표): what the sorter said and what people counted stand side by side, and both are kept.
#include <algorithm>

#include "app/paper/flow.h"

namespace scrutineer::paper {
namespace {

const Bilingual kTitle{"개 표 상 황 표", "Count sheet of one unit for one contest"};

// Columns of the votes, in millimetres; together kWidth.
constexpr double kNumber = 13, kName = 55, kSorter = 26, kPeople = 26, kTotal = 36;
constexpr double kColumns[] = {kNumber, kName, kSorter, kPeople, kPeople, kTotal};
constexpr double kRowMost = 10, kRowLeast = 6.2, kRowUsual = 7.5;
constexpr double kTailRow = 8, kTimes = 8.5, kSignHead = 5, kGap = 3;
constexpr std::size_t kMembers =
    8;  // besides the chair: Public Official Election Act and Election Commission Act art. 4

double column_x(std::size_t column) {
  double x = kMargin;
  for (std::size_t i = 0; i < column; ++i) x += kColumns[i];
  return x;
}
Box column_box(std::size_t column, double y, double height) {
  return {column_x(column), y, kColumns[column], height};
}

void paint_place(Canvas& c, double y, const CountSheetForm& s) {
  constexpr double kHead = 24, kValue = 67, kRow = 8.5;
  auto row = [&](double top, const Bilingual& left, const std::string& a, const Bilingual& right,
                 const std::string& b) {
    head_cell(c, {kMargin, top, kHead, kRow}, left);
    cell(c, {kMargin + kHead, top, kValue, kRow}, a, {.size = 10, .bold = true});
    head_cell(c, {kMargin + kHead + kValue, top, kHead, kRow}, right);
    cell(c, {kMargin + 2 * kHead + kValue, top, kValue, kRow}, b, {.size = 10});
  };
  row(y, {"위원회·지역", "Area"}, s.area, {"구분", "Kind"}, s.kind.ko + "  " + s.kind.en);
  row(y + kRow, {"투표구", "Unit"}, s.unit, {"관리번호", "Unit id"}, s.unit_id);
}

void paint_how(Canvas& c, double y, const CountSheetForm& s) {
  c.text({kMargin, y, 40, 5}, "개표 방법 How counted", {.size = 8, .bold = true, .padding = 0});
  c.tick_box(kMargin + 42, y + 0.9, 3.2, s.how == How::by_hand);
  c.text({kMargin + 46, y, 40, 5}, "손으로 By hand", {.size = 8});
  c.tick_box(kMargin + 90, y + 0.9, 3.2, s.how == How::machine_then_hand);
  c.text({kMargin + 94, y, 88, 5}, "분류기 후 사람이 확인 By sorter, then checked by hand", {.size = 8});
}

void paint_figures(Canvas& c, double y, const CountSheetForm& s) {
  constexpr double kEach = kWidth / 4;
  const std::pair<Bilingual, Count> figures[] = {
      {{"선거인수", "Electors"}, s.electors},
      {{"투표용지 교부수 (가)", "Ballots issued (a)"}, s.issued},
      {{"투표수 (나)", "Ballots cast (b)"}, s.cast},
      {{"차이 (가 − 나)", "Difference (a − b)"}, s.issued && s.cast ? Count(*s.issued - *s.cast) : std::nullopt},
  };
  double x = kMargin;
  for (const auto& [name, count] : figures) {
    head_cell(c, {x, y, kEach, 8}, name);
    figure_cell(c, {x, y + 8, kEach, 9}, count);
    x += kEach;
  }
}

constexpr double kVotesHead = 16;
void paint_votes_head(Canvas& c, double y) {
  head_cell(c, column_box(0, y, kVotesHead), {"기호", "No."});
  head_cell(c, column_box(1, y, kVotesHead), {"정당 · 후보자", "Party, candidate"});
  head_cell(c, {column_x(2), y, kSorter, 7.5}, {"투표지분류기", "Sorter"});
  head_cell(c, {column_x(3), y, 2 * kPeople, 7.5}, {"사람이 확인·집계", "Counted by people"});
  head_cell(c, column_box(2, y + 7.5, kVotesHead - 7.5), {"분류된 투표지", "Sorted"}, 7);
  head_cell(c, column_box(3, y + 7.5, kVotesHead - 7.5), {"분류된 것 중", "From sorted piles"}, 7);
  head_cell(c, column_box(4, y + 7.5, kVotesHead - 7.5), {"재확인 대상 중", "From re-check pile"}, 7);
  head_cell(c, column_box(5, y, kVotesHead), {"득표수 계", "Votes, total"});
}

void paint_option(Canvas& c, double y, double height, const OptionLine& option) {
  cell(c, column_box(0, y, height), option.number, {.size = 12, .bold = true, .align = Align::centre});
  std::string name =
      option.party.empty() || option.party == option.name ? option.name : option.party + "  " + option.name;
  cell(c, column_box(1, y, height), name, {.size = 10});
  figure_cell(c, column_box(2, y, height), option.sorted);
  figure_cell(c, column_box(3, y, height), option.from_sorted);
  figure_cell(c, column_box(4, y, height), option.from_recheck);
  figure_cell(c, column_box(5, y, height), option.votes, true);
}

struct TailRow {
  Bilingual name;
  Count count;
  bool sorter = false;  // its figure stands in the sorter's column
};
void paint_tail_row(Canvas& c, double y, const TailRow& row) {
  Box name = column_box(0, y, kTailRow);
  name.width += kName;
  head_cell(c, name, row.name);
  for (std::size_t column = 2; column < 6; ++column) {
    Box box = column_box(column, y, kTailRow);
    if (column == (row.sorter ? 2u : 5u))
      figure_cell(c, box, row.count, true);
    else
      empty_cell(c, box);
  }
}

// 2025-06-03T20:41:00+09:00 with a space: as the signer wrote it, and readable.
std::string spoken_time(std::string time) {
  std::replace(time.begin(), time.end(), 'T', ' ');
  return time;
}

void paint_times(Canvas& c, double y, const CountSheetForm& s) {
  constexpr double kHead = 24, kValue = kWidth / 3 - kHead;
  const std::pair<Bilingual, const std::string*> times[] = {{{"개표 시작", "Count began"}, &s.began},
                                                            {{"개표 종료", "Count ended"}, &s.ended},
                                                            {{"위원장 공표", "Announced"}, &s.announced}};
  double x = kMargin;
  for (const auto& [name, time] : times) {
    head_cell(c, {x, y, kHead, 8.5}, name);
    const bool open = s.blank && time->empty();
    cell(c, {x + kHead, y, kValue, 8.5}, open ? "        시           분" : spoken_time(*time),
         {.size = open ? 9.0 : 8.0, .align = Align::centre, .grey = open ? 0.45 : 0.0});
    x += kHead + kValue;
  }
}

constexpr double kSignCell = 14;
constexpr std::size_t kSignColumns = 5;
void paint_signatures(Canvas& c, double y, const std::vector<SignerLine>& signers, bool blank) {
  constexpr double kEach = kWidth / kSignColumns;
  std::size_t cells = (signers.size() + kSignColumns - 1) / kSignColumns * kSignColumns;
  for (std::size_t i = 0; i < cells; ++i) {
    Box box{kMargin + static_cast<double>(i % kSignColumns) * kEach,
            y + static_cast<double>(i / kSignColumns) * kSignCell, kEach, kSignCell};
    c.frame(box);
    if (i >= signers.size()) continue;
    const SignerLine& signer = signers[i];
    c.text({box.x, box.y + 0.5, kEach, 4}, signer.role.ko + " " + signer.role.en, {.size = 7, .grey = 0.2});
    if (blank) {
      c.text({box.x, box.y + 8, kEach, 5}, "(서명 또는 인)", {.size = 7, .align = Align::right, .grey = 0.55});
      continue;
    }
    c.text({box.x, box.y + 4, kEach, 5}, signer.name, {.size = 8.5, .bold = true});
    c.text({box.x, box.y + 9, kEach, 4}, "전자서명 signed " + signer.key_id, {.size = 6.5, .grey = 0.2});
  }
}

std::vector<SignerLine> signature_cells(const CountSheetForm& s) {
  if (!s.blank) return s.signers;
  std::vector<SignerLine> cells{{{"위원장", "Chair"}, {}, {}}};
  for (std::size_t i = 1; i <= kMembers; ++i) cells.push_back({{"위원", "Member " + std::to_string(i)}, {}, {}});
  cells.push_back({{"책임사무원", "Clerk in charge"}, {}, {}});
  return cells;
}

// Observers and members who refuse or remark.
constexpr double kStatementHead = 7.5, kStatementRow = 8.5;
constexpr double kStatementName = 44, kStatementTick = 58, kStatementText = kWidth - kStatementName - kStatementTick;
constexpr std::size_t kEmptyStatements = 3;
void paint_statement_head(Canvas& c, double y) {
  head_cell(c, {kMargin, y, kStatementName, kStatementHead}, {"참관인·위원", "Observer or member"});
  head_cell(c, {kMargin + kStatementName, y, kStatementTick, kStatementHead}, {"서명 여부", "Signature"});
  head_cell(c, {kMargin + kStatementName + kStatementTick, y, kStatementText, kStatementHead},
            {"의견 또는 거부 사유", "Remark, or reason of refusal"});
}
void paint_statement(Canvas& c, double y, double height, const StatementLine& line, bool blank) {
  cell(c, {kMargin, y, kStatementName, height}, line.name, {.size = 8.5});
  Box ticks{kMargin + kStatementName, y, kStatementTick, height};
  c.frame(ticks);
  const char* words[] = {"서명 Signed", "의견 Remark", "거부 Refused"};
  for (std::size_t i = 0; i < 3; ++i) {
    double x = ticks.x + 1.2 + static_cast<double>(i) * (kStatementTick - 1) / 3;
    bool ticked = !blank && i == (line.refusal ? 2u : 1u);
    c.tick_box(x, y + height / 2 - 1.4, 2.8, ticked);
    c.text({x + 3.2, y, 15.6, height}, words[i], {.size = 6.5, .padding = 0.3});
  }
  cell(c, {ticks.x + kStatementTick, y, kStatementText, height}, line.text, {.size = 8});
}

double statement_height(Canvas& canvas, const StatementLine& line) {
  return std::max(kStatementRow, canvas.height_of(kStatementText, line.text, {.size = 8}) + 2);
}

std::string foot_of(const CountSheetForm& s) {
  if (s.blank)
    return "빈 칸은 '적지 않음'이며 0이 아닙니다. 0은 0으로 적습니다. An empty box means not stated; write 0 where it "
           "is 0.\n" +
           to_text(s.head.code);
  return "기록 Record " + s.record_id + "  ·  " + s.status.ko + " " + s.status.en + "\n" + to_text(s.head.code);
}

double sign_height(std::size_t signers) {
  return static_cast<double>((signers + kSignColumns - 1) / kSignColumns) * kSignCell;
}

// What stands below the options.
struct Below {
  std::vector<TailRow> rows;
  std::vector<SignerLine> signers;
  std::vector<StatementLine> statements;
  std::vector<double> heights;  // of the statements
  double height = 0;            // of all
};
Below below_options(Canvas& canvas, const CountSheetForm& s) {
  Below below;
  below.rows = {{{"재확인 대상 투표지", "Sent to re-check by the sorter"}, s.to_recheck, true},
                {{"유효투표수", "Valid votes"}, s.valid},
                {{"무효투표수", "Invalid votes"}, s.invalid}};
  if (s.counts_blank) below.rows.push_back({{"백지투표수", "Blank ballots"}, s.blank_ballots});
  below.signers = signature_cells(s);
  below.statements = s.blank ? std::vector<StatementLine>(kEmptyStatements) : s.statements;
  below.height = static_cast<double>(below.rows.size()) * kTailRow + kTimes + kSignHead +
                 sign_height(below.signers.size()) + 2 * kGap;
  if (!below.statements.empty()) below.height += kGap + kStatementHead;
  for (const StatementLine& line : below.statements)
    below.height += below.heights.emplace_back(statement_height(canvas, line));
  return below;
}

void add_votes(Flow& flow, const CountSheetForm& s, const Below& below) {
  // Rows are as high as one page allows, within what can be written into.
  double room = flow.left() - kVotesHead - below.height, count = static_cast<double>(s.options.size());
  double row = std::clamp(room / std::max(count, 1.0), kRowLeast, kRowMost);
  if (row * count > room + 0.01) row = kRowUsual;  // several pages anyway
  flow.begin_table(kVotesHead, paint_votes_head);
  for (const OptionLine& option : s.options)
    flow.add(row, [&option, row](Canvas& c, double y) { paint_option(c, y, row, option); });
  for (const TailRow& line : below.rows)
    flow.add(kTailRow, [&line](Canvas& c, double y) { paint_tail_row(c, y, line); });
  flow.end_table();
}

void add_names(Flow& flow, const CountSheetForm& s, const Below& below) {
  flow.add(kSignHead + sign_height(below.signers.size()), [&](Canvas& c, double y) {
    c.text({kMargin, y, kWidth, kSignHead},
           s.blank ? "위와 같이 개표하였음을 확인합니다.  We confirm this count." : "이 기록에 서명한 사람  Signed by",
           {.size = 8, .bold = true, .padding = 0});
    paint_signatures(c, y + kSignHead, below.signers, s.blank);
  });
  if (below.statements.empty()) return;
  flow.space(kGap);
  flow.begin_table(kStatementHead, paint_statement_head);
  for (std::size_t i = 0; i < below.statements.size(); ++i)
    flow.add(below.heights[i],
             [&, i](Canvas& c, double y) { paint_statement(c, y, below.heights[i], below.statements[i], s.blank); });
  flow.end_table();
}

Status add_sheet(Canvas& canvas, const CountSheetForm& s) {
  Flow flow;
  const Below below = below_options(canvas, s);
  flow.add(17, [&](Canvas& c, double y) { paint_place(c, y, s); });
  flow.space(2);
  flow.add(5.5, [&](Canvas& c, double y) { paint_how(c, y, s); });
  flow.add(17, [&](Canvas& c, double y) { paint_figures(c, y, s); });
  flow.space(kGap);
  add_votes(flow, s, below);
  flow.space(kGap);
  flow.add(kTimes, [&](Canvas& c, double y) { paint_times(c, y, s); });
  flow.space(kGap);
  add_names(flow, s, below);
  return flow.render(canvas, s.head, kTitle, foot_of(s));
}

}  // namespace

Result<Bytes> count_sheets_pdf(std::span<const CountSheetForm> sheets) {
  if (sheets.empty()) return fail(ErrorCode::invalid_argument, "there is no sheet to print");
  if (sheets.size() > kSheetsPerFile)
    return fail(ErrorCode::limit_exceeded, "at most 2,000 sheets go into one file: print smaller areas");
  Canvas canvas(kTitle.ko + " " + sheets.front().head.election.en, sheets.front().head.date);
  for (const CountSheetForm& sheet : sheets) SCRUTINEER_CHECKED(add_sheet(canvas, sheet));
  return canvas.finish();
}

}  // namespace scrutineer::paper
