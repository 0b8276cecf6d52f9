#include "app/paper/notice_board.h"

#include "app/paper/canvas.h"
#include "app/paper/flow.h"

namespace scrutineer::paper {
namespace {

constexpr double kRow = 10.5, kHeadRow = 9, kFirst = 40;
constexpr double kColumns[] = {44, 24, 26, 22, 22, 22, 22};
const Bilingual kHeads[] = {{"기관", "Institution"},  {"통보", "Notice"},       {"상태", "State"},   {"보냄", "Sent"},
                            {"기계 수신", "Machine"}, {"확인", "Acknowledged"}, {"답변", "Answered"}};
const Bilingual kTitle{"기관별 현황", "Board of institutions"};
const Bilingual kLate{"늦음", "LATE"};

class Board {
 public:
  explicit Board(const NoticeBoardForm& form)
      : form_(form), canvas_(kTitle.ko + " " + kTitle.en, form.as_of.substr(0, 10)) {}

  Result<Bytes> paint() {
    next_page();
    counts();
    head();
    for (const NoticeBoardLine& line : form_.lines) {
      if (y_ + kRow > kBottom) {
        next_page();
        head();
      }
      row(line);
    }
    return canvas_.finish();
  }

 private:
  void next_page() {
    canvas_.next_page();
    ++page_;
    if (form_.simulated) canvas_.watermark("모의 SIMULATED");
    canvas_.text({kMargin, 11, kWidth, 6}, form_.node.ko + "  " + form_.node.en, {.size = 9, .padding = 0});
    canvas_.text({kMargin, 17, kWidth, 11}, kTitle.ko + "  " + kTitle.en, {.size = 20, .bold = true, .padding = 0});
    canvas_.text({kMargin, 28.5, kWidth, 6}, form_.what.ko + "  " + form_.what.en, {.size = 10, .padding = 0});
    canvas_.line(kMargin, 36, kMargin + kWidth, 36, 0.5);
    canvas_.line(kMargin, kBottom + 2, kMargin + kWidth, kBottom + 2);
    canvas_.text({kMargin, kBottom + 2.5, kWidth - 20, 8},
                 form_.as_of + " 현재, 이 서버의 시계로 잰 때입니다. As of then; times are by this server's own clock.",
                 {.size = 7, .grey = 0.2, .top = true, .padding = 0});
    canvas_.text({kMargin + kWidth - 20, kBottom + 2.5, 20, 5}, std::to_string(page_),
                 {.size = 9, .align = Align::right, .padding = 0});
    y_ = kFirst;
  }

  void counts() {
    if (form_.counts.empty()) return;
    const double each = kWidth / static_cast<double>(form_.counts.size());
    double x = kMargin;
    for (const auto& [name, count] : form_.counts) {
      head_cell(canvas_, {x, y_, each, 9}, name, 7);
      figure_cell(canvas_, {x, y_ + 9, each, 8}, count, true);
      x += each;
    }
    y_ += 21;
  }

  void head() {
    double x = kMargin;
    for (std::size_t i = 0; i < std::size(kHeads); ++i) {
      head_cell(canvas_, {x, y_, kColumns[i], kHeadRow}, kHeads[i], 7.5);
      x += kColumns[i];
    }
    y_ += kHeadRow;
  }

  void row(const NoticeBoardLine& line) {
    double x = kMargin;
    std::size_t column = 0;
    auto next = [&](const std::string& text, const Style& style) {
      cell(canvas_, {x, y_, kColumns[column], kRow}, text, style);
      x += kColumns[column++];
    };
    next(line.institution.ko + "\n" + line.institution.en, {.size = 7.5, .bold = true});
    next(line.number, {.size = 7.5});
    next(line.state.ko + "\n" + line.state.en +
             (line.late
                  ? "\n" + kLate.ko + " " + kLate.en + " " + (line.due.size() > 16 ? line.due.substr(5, 11) : line.due)
                  : ""),
         {.size = 6, .bold = line.late});
    for (const std::string* time : {&line.sent, &line.received, &line.acknowledged, &line.answered})
      next(*time, {.size = 6.5});
    y_ += kRow;
  }

  const NoticeBoardForm& form_;
  Canvas canvas_;
  double y_ = kFirst;
  int page_ = 0;
};

}  // namespace

Result<Bytes> notice_board_pdf(const NoticeBoardForm& form) {
  if (form.lines.size() > kBoardRows) return fail(ErrorCode::limit_exceeded, "at most 10,000 lines on one board");
  return Board(form).paint();
}

}  // namespace scrutineer::paper
