// A sample election, its blank pages and its form: for tests of the readers, without any file.
#pragma once

#include "core/ballotmaker/oval_noise.h"
#include "core/ballotmaker/oval_sheet.h"
#include "core/scan/oval_code.h"
#include "core/scan/oval_reader.h"

namespace scrutineer {

struct OvalSample {
  OvalDefinition definition = sample_oval_definition();
  GreyPage front = draw_oval_page(definition, 0, front_bits({3, 7, 0}), 200, 1);
  GreyPage back = draw_oval_page(definition, 1, back_bits({6, 5, 26, 6}), 200, 2);
  OvalForm form = *make_oval_form(definition, {front.view(), back.view()});
  const GreyPage& page(std::size_t number) const { return number == 0 ? front : back; }
  MarkedPage marked(std::size_t number, std::uint64_t seed) const {
    return mark_page(page(number).view(), definition, number, oval_point(200, 0, 0), 50, seed);
  }
};
inline const OvalSample& oval_sample() {
  static const OvalSample sample;
  return sample;
}

}  // namespace scrutineer
