#include "tests/foreign/drawing.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <string>

namespace scrutineer::foreign {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

template <class Take>
void each_point(const Drawing& drawing, Take&& take) {
  for (const auto& outline : drawing.outlines)
    for (const Spot& s : outline) take(s, 0.0);
  for (const Line& line : drawing.lines)
    for (const Spot& s : line.points) take(s, line.width / 2);
}

struct Reach {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  void take(Spot s, double around) {
    left = std::min(left, s.x - around), right = std::max(right, s.x + around);
    top = std::min(top, s.y - around), bottom = std::max(bottom, s.y + around);
  }
};

void trace(cairo_t* cairo, const std::vector<Spot>& points, const Lens& lens, double dx, double dy, bool close) {
  bool begun = false;
  for (const Spot& s : points) {
    const Spot p = lens.at(s);
    begun ? cairo_line_to(cairo, p.x - dx, p.y - dy) : cairo_move_to(cairo, p.x - dx, p.y - dy);
    begun = true;
  }
  if (close) cairo_close_path(cairo);
}

}  // namespace

void Drawing::add(const Drawing& other) {
  outlines.insert(outlines.end(), other.outlines.begin(), other.outlines.end());
  lines.insert(lines.end(), other.lines.begin(), other.lines.end());
}

void Drawing::ring(double x, double y, double radius, double width, double from, double to) {
  const int steps = std::max(8, static_cast<int>((to - from) / 4));
  Line line{{}, width, to - from >= 360};
  for (int i = 0; i <= steps; ++i) {
    const double a = radians(from + (to - from) * i / steps);
    line.points.push_back({x + radius * std::cos(a), y + radius * std::sin(a)});
  }
  lines.push_back(std::move(line));
}

void Drawing::frame(double x, double y, double w, double h, double width) {
  lines.push_back({{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, width, true});
}

Spot Lens::back(Spot s) const {
  const double det = xx * yy - xy * yx, dx = s.x - x0, dy = s.y - y0;
  return {(yy * dx - xy * dy) / det, (xx * dy - yx * dx) / det};
}

double Lens::scale() const {
  return std::sqrt(std::abs(xx * yy - xy * yx));
}

Lens turned(double degrees, double about_x, double about_y) {
  const double c = std::cos(radians(degrees)), s = std::sin(radians(degrees));
  return {c, -s, s, c, about_x - c * about_x + s * about_y, about_y - s * about_x - c * about_y};
}
Lens moved(double x, double y) {
  return {1, 0, 0, 1, x, y};
}
Lens mirrored_x(double about_x) {
  return {-1, 0, 0, 1, 2 * about_x, 0};
}
Lens mirrored_y(double about_y) {
  return {1, 0, 0, -1, 0, 2 * about_y};
}

Drawing through(const Lens& lens, const Drawing& drawing) {
  Drawing out = drawing;
  for (auto& outline : out.outlines)
    for (Spot& s : outline) s = lens.at(s);
  for (Line& line : out.lines) {
    for (Spot& s : line.points) s = lens.at(s);
    line.width *= lens.scale();
  }
  return out;
}

Drawing text(std::string_view utf8, const Face& face, double height, double width) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8), cairo_surface_destroy);
  const Context cairo(cairo_create(surface.get()), cairo_destroy);
  PangoLayout* layout = pango_cairo_create_layout(cairo.get());
  PangoFontDescription* font = pango_font_description_from_string(face.family);
  pango_font_description_set_weight(font, face.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, 400 * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_layout_set_text(layout, utf8.data(), static_cast<int>(utf8.size()));
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(static_cast<int>(face.spread * 400 * PANGO_SCALE)));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  check(pango_layout_get_unknown_glyphs_count(layout) == 0, "fonts-noto-cjk is installed");
  pango_cairo_layout_path(cairo.get(), layout);
  pango_font_description_free(font);
  g_object_unref(layout);

  Drawing out;
  cairo_set_tolerance(cairo.get(), 1);
  cairo_path_t* path = cairo_copy_path_flat(cairo.get());
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    const cairo_path_data_t* data = &path->data[i];
    if (data->header.type == CAIRO_PATH_MOVE_TO) out.outlines.emplace_back();
    if (data->header.type != CAIRO_PATH_CLOSE_PATH && !out.outlines.empty())
      out.outlines.back().push_back({data[1].point.x * face.condense, data[1].point.y});
  }
  cairo_path_destroy(path);
  std::erase_if(out.outlines, [](const auto& outline) { return outline.size() < 3; });
  Reach reach;
  each_point(out, [&](Spot s, double around) { reach.take(s, around); });
  if (out.outlines.empty()) return out;
  const double k = std::min(height / (reach.bottom - reach.top), width / (reach.right - reach.left));
  out = through({k, 0, 0, k, -k * (reach.left + reach.right) / 2, -k * (reach.top + reach.bottom) / 2}, out);
  if (face.fat > 0)
    for (const auto& outline : std::vector(out.outlines)) out.lines.push_back({outline, face.fat * height, true});
  return out;
}

Cover cover_of(const Drawing& drawing, const Lens& lens, int width, int height, double more) {
  Reach reach;
  const double scale = lens.scale();
  each_point(drawing, [&](Spot s, double around) { reach.take(lens.at(s), (around + more / 2) * scale + 2); });
  Cover out;
  out.x = std::clamp(static_cast<int>(reach.left), 0, width),
  out.y = std::clamp(static_cast<int>(reach.top), 0, height);
  const int right = std::clamp(static_cast<int>(reach.right) + 1, out.x, width),
            bottom = std::clamp(static_cast<int>(reach.bottom) + 1, out.y, height);
  out.page = GreyPage(right - out.x, bottom - out.y, 0);
  if (out.page.empty()) return out;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, out.page.width(), out.page.height()),
                        cairo_surface_destroy);
  const Context cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgba(cairo.get(), 1, 1, 1, 1);
  cairo_set_line_cap(cairo.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo.get(), CAIRO_LINE_JOIN_ROUND);
  for (const auto& outline : drawing.outlines) trace(cairo.get(), outline, lens, out.x, out.y, true);
  if (more > 0) {
    cairo_set_line_width(cairo.get(), more * scale);
    cairo_stroke_preserve(cairo.get());
  }
  cairo_fill(cairo.get());
  for (const Line& line : drawing.lines) {
    cairo_set_line_width(cairo.get(), (line.width + more) * scale);
    trace(cairo.get(), line.points, lens, out.x, out.y, line.closed);
    cairo_stroke(cairo.get());
  }
  cairo_surface_flush(surface.get());
  const unsigned char* from = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < out.page.height(); ++y) std::copy_n(from + y * stride, out.page.width(), out.page.row(y));
  return out;
}

}  // namespace scrutineer::foreign
