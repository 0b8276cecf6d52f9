#include "app/paper/ballot.h"

#include <fmt/format.h>

#include "app/paper/canvas.h"

namespace scrutineer::paper {
namespace {

constexpr double kPointsOfMillimetre = 72 / 25.4;
constexpr double kLetter = 0.72;  // a letter's height, of its font's size
constexpr double kCutLine = 0.1;

double mm(Length length) {
  return length / 100.0;
}
Box box_of(const PaperArea& area) {
  return {mm(area.x), mm(area.y), mm(area.width), mm(area.height)};
}
// Letters as high as `height` millimetres.
double points(double height) {
  return height * kPointsOfMillimetre / kLetter;
}

void paint_head(Canvas& c, const StampGeometry& g, const StampPaper& paper) {
  Box title = box_of(g.title);
  title.y -= 2, title.height += 4;
  c.text(title, paper.title, {.size = points(5.2), .bold = true, .align = Align::centre, .padding = 0});
  Box area = box_of(g.area);
  area.y -= 1, area.height += 2;
  c.text(area, paper.area, {.size = points(3.4), .padding = 0});
  const Box seal = box_of(g.commission_seal);
  c.frame(seal, 0.8);
  c.text({seal.x, seal.y + 0.6, seal.width, seal.height / 2 - 0.6}, "선거위",
         {.size = points(3.4), .bold = true, .align = Align::centre, .padding = 0.8});
  c.text({seal.x, seal.y + seal.height / 2, seal.width, seal.height / 2 - 0.6}, "원회인",
         {.size = points(3.4), .bold = true, .align = Align::centre, .padding = 0.8});
}

void paint_option(Canvas& c, const StampGeometry& g, const StampOption& option, std::size_t i) {
  const double line = mm(g.line);
  const Box row = box_of(g.box(i)), number = box_of(g.number_cell(i)), name = box_of(g.name_cell(i));
  c.frame(row, line);
  c.line(number.x + number.width, row.y, number.x + number.width, row.y + row.height, line);
  c.line(name.x + name.width, row.y, name.x + name.width, row.y + row.height, line);
  c.text(number, option.number, {.size = points(4.6), .bold = true, .align = Align::centre, .padding = 0.5});
  const double party = mm(g.party_width);
  c.text({name.x + 1.5, row.y, party - 2, row.height}, option.party, {.size = points(3.6), .padding = 0});
  c.text({name.x + party, row.y, name.width - party - 1.5, row.height}, option.name,
         {.size = points(4.6), .bold = true, .padding = 0});
}

// The place of the officer's seal has no frame: nobody prints where people stamp. The stub is cut off along its lines.
void paint_foot(Canvas& c, const StampGeometry& g, std::optional<std::int64_t> serial) {
  Box label = box_of(g.officer_label);
  label.y -= 1, label.height += 2;
  c.text(label, "투표관리관", {.size = points(3.2), .padding = 0});
  if (!serial) return;
  const Box stub = box_of(g.stub);
  c.line(stub.x, stub.y, stub.x + stub.width, stub.y, kCutLine);
  c.line(stub.x + stub.width, stub.y, stub.x + stub.width, stub.y + stub.height, kCutLine);
  c.text({stub.x + 3, stub.y + 1, stub.width - 5, stub.height - 5}, fmt::format("No. {:07}", *serial),
         {.size = points(3.2), .padding = 0});
}

}  // namespace

Result<Bytes> stamp_papers_pdf(const StampPaper& paper, const StampPrint& print) {
  SCRUTINEER_TRY(const StampGeometry g, stamp_geometry(paper.date, paper.options.size()));
  if (print.copies < 1 || (print.first_serial && *print.first_serial < 0))
    return fail(ErrorCode::invalid_argument, "there is no paper to print");
  if (print.copies > kBallotsPerFile)
    return fail(ErrorCode::limit_exceeded, "at most 2,000 papers go into one file: print in parts");
  Canvas canvas(paper.title, paper.date, mm(g.width), mm(g.height));
  for (std::int64_t i = 0; i < print.copies; ++i) {
    canvas.next_page();
    paint_head(canvas, g, paper);
    for (std::size_t option = 0; option < g.boxes; ++option) paint_option(canvas, g, paper.options[option], option);
    paint_foot(canvas, g, print.first_serial ? std::optional(*print.first_serial + i) : std::nullopt);
  }
  return canvas.finish();
}

}  // namespace scrutineer::paper
