#include "app/paper/canvas.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <optional>

namespace scrutineer::paper {
namespace {

constexpr double kPoint = 72 / 25.4;  // points in a millimetre
constexpr double kLeastSize = 4.5;    // points
constexpr double kShrink = 0.94;
constexpr const char* kFace = "Noto Sans CJK KR";

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  static_cast<Bytes*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Extent {
  double width = 0, height = 0;  // points
};

}  // namespace

struct Canvas::State {
  Bytes out;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  PangoLayout* layout = nullptr;
  PangoFontDescription* font = nullptr;
  bool started = false;
  std::optional<Error> error;

  ~State() {
    if (layout) g_object_unref(layout);
    if (font) pango_font_description_free(font);
    if (cairo) cairo_destroy(cairo);
    if (surface) cairo_surface_destroy(surface);
  }

  void refuse(ErrorCode code, std::string message, std::string_view where) {
    if (!error) error = Error{code, std::move(message), std::string(where)};
  }

  void grey(double value) { cairo_set_source_rgb(cairo, value, value, value); }

  Extent set(std::string_view utf8, const Style& style, double size, double width) {
    pango_font_description_set_family_static(font, kFace);
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, style.align == Align::left     ? PANGO_ALIGN_LEFT
                                       : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                      : PANGO_ALIGN_RIGHT);
    pango_layout_set_text(layout, utf8.data(), static_cast<int>(utf8.size()));
    int w = 0, h = 0;
    pango_layout_get_size(layout, &w, &h);
    return {static_cast<double>(w) / PANGO_SCALE, static_cast<double>(h) / PANGO_SCALE};
  }
};

Canvas::Canvas(std::string_view title, std::string_view date, double page_width, double page_height)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.surface = cairo_pdf_surface_create_for_stream(append, &s.out, page_width * kPoint, page_height * kPoint);
  cairo_pdf_surface_restrict_to_version(s.surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_TITLE, std::string(title).c_str());
  cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATOR, "Scrutineer");
  cairo_pdf_surface_set_metadata(s.surface, CAIRO_PDF_METADATA_CREATE_DATE, (std::string(date) + "T00:00:00Z").c_str());
  s.cairo = cairo_create(s.surface);
  s.layout = pango_cairo_create_layout(s.cairo);
  // Letters stand where the font's designer put them, and not on the pixels of a screen.
  PangoContext* context = pango_layout_get_context(s.layout);
  pango_context_set_round_glyph_positions(context, FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  s.font = pango_font_description_new();
}

Canvas::~Canvas() = default;

void Canvas::next_page() {
  if (state_->started) cairo_show_page(state_->cairo);
  state_->started = true;
}

double Canvas::height_of(double width, std::string_view utf8, const Style& style) {
  return state_->set(utf8, style, style.size, (width - 2 * style.padding) * kPoint).height / kPoint;
}

void Canvas::text(const Box& box, std::string_view utf8, const Style& style) {
  State& s = *state_;
  if (utf8.empty()) return;
  double x = (box.x + style.padding) * kPoint, width = (box.width - 2 * style.padding) * kPoint;
  double height = box.height * kPoint;
  double size = style.size;
  Extent extent = s.set(utf8, style, size, width);
  auto fits = [&] { return extent.height <= height && extent.width <= width + 0.5; };
  while (!fits() && size > kLeastSize) {
    size = std::max(size * kShrink, kLeastSize);
    extent = s.set(utf8, style, size, width);
  }
  if (!fits()) s.refuse(ErrorCode::limit_exceeded, "this text is too long for its place on the form", utf8);
  if (pango_layout_get_unknown_glyphs_count(s.layout) > 0)
    s.refuse(ErrorCode::not_found, "no font here has these characters: install fonts-noto-cjk", utf8);
  s.grey(style.grey);
  double y = box.y * kPoint + (style.top ? 0 : (height - extent.height) / 2);
  cairo_move_to(s.cairo, x, y);
  pango_cairo_show_layout(s.cairo, s.layout);
}

void Canvas::line(double x1, double y1, double x2, double y2, double width) {
  State& s = *state_;
  s.grey(0);
  cairo_set_line_width(s.cairo, width * kPoint);
  cairo_move_to(s.cairo, x1 * kPoint, y1 * kPoint);
  cairo_line_to(s.cairo, x2 * kPoint, y2 * kPoint);
  cairo_stroke(s.cairo);
}

void Canvas::frame(const Box& box, double width) {
  State& s = *state_;
  s.grey(0);
  cairo_set_line_width(s.cairo, width * kPoint);
  cairo_rectangle(s.cairo, box.x * kPoint, box.y * kPoint, box.width * kPoint, box.height * kPoint);
  cairo_stroke(s.cairo);
}

void Canvas::fill(const Box& box, double grey) {
  State& s = *state_;
  s.grey(grey);
  cairo_rectangle(s.cairo, box.x * kPoint, box.y * kPoint, box.width * kPoint, box.height * kPoint);
  cairo_fill(s.cairo);
}

void Canvas::tick_box(double x, double y, double side, bool ticked) {
  frame({x, y, side, side}, 0.25);
  if (!ticked) return;
  line(x + 0.15 * side, y + 0.55 * side, x + 0.4 * side, y + 0.82 * side, 0.5);
  line(x + 0.4 * side, y + 0.82 * side, x + 0.88 * side, y + 0.15 * side, 0.5);
}

void Canvas::qr(double x, double y, double side, const QrCode& code) {
  State& s = *state_;
  s.grey(0);
  double module = side * kPoint / static_cast<double>(code.size);
  for (std::size_t row = 0; row < code.size; ++row)
    for (std::size_t column = 0; column < code.size; ++column) {
      if (!code.at(column, row)) continue;
      std::size_t end = column;
      while (end < code.size && code.at(end, row)) ++end;
      cairo_rectangle(s.cairo, x * kPoint + static_cast<double>(column) * module,
                      y * kPoint + static_cast<double>(row) * module, static_cast<double>(end - column) * module,
                      module);
      column = end;
    }
  cairo_fill(s.cairo);
}

void Canvas::watermark(std::string_view utf8) {
  State& s = *state_;
  Style style;
  style.bold = true;
  Extent extent = s.set(utf8, style, 64, 2'000);
  pango_layout_set_width(s.layout, -1);
  int width = 0, height = 0;
  pango_layout_get_size(s.layout, &width, &height);
  extent = {static_cast<double>(width) / PANGO_SCALE, static_cast<double>(height) / PANGO_SCALE};
  cairo_save(s.cairo);
  cairo_translate(s.cairo, kPageWidth / 2 * kPoint, kPageHeight / 2 * kPoint);
  cairo_rotate(s.cairo, -0.9);
  cairo_move_to(s.cairo, -extent.width / 2, -extent.height / 2);
  s.grey(0.9);
  pango_cairo_show_layout(s.cairo, s.layout);
  cairo_restore(s.cairo);
}

Result<Bytes> Canvas::finish() {
  State& s = *state_;
  cairo_show_page(s.cairo);
  cairo_surface_finish(s.surface);
  cairo_status_t status = cairo_surface_status(s.surface);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_status(s.cairo);
  if (s.error) return tl::unexpected(*s.error);
  if (status != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::io_error, std::string("the document cannot be drawn: ") + cairo_status_to_string(status));
  return std::move(s.out);
}

}  // namespace scrutineer::paper
