// What stands around every page: head, notices, navigation, footer.
#pragma once

#include <span>
#include <string_view>

#include "app/ui/html.h"
#include "app/ui/model.h"

namespace scrutineer::ui {

enum class Section : std::uint8_t { results, questions, glossary };

struct Frame {
  const Site& site;
  std::string_view title;         // of the page, data text; empty: the site's alone
  const std::string& other_file;  // the same page in the other language, from the bundle root
  Section section = Section::results;
};

// Up to and including <main>. The caller writes the rest of <main>, beginning with its h1.
void open_page(Html& h, const Frame& frame);
void close_page(Html& h, const Site& site);

// The way down from the whole election to `here`. Goes before the h1, inside <main>.
void breadcrumb(Html& h, const Site& site, std::span<const NodeRef> above, std::string_view here);
void breadcrumb(Html& h, const Site& site, const Msg& here);

// "SIMULATED" and "transcribed" where they apply: on every page.
void notices(Html& h, const Site& site);

Lang other(Lang lang);

}  // namespace scrutineer::ui
