#include "app/ui/device_page.h"

#include <doctest/doctest.h>

namespace scrutineer::ui {
namespace {

DevicePageModel model() {
  DevicePageModel out;
  out.title = {"기기 <1>", "Machine <1>"};
  out.caveat = {"먼저 <b>", "first <b>"};
  out.summary = {{{"좋음", "fine"}, DeviceTone::good},
                 {{"보십시오", "see"}, DeviceTone::look},
                 {{"말", "words"}, DeviceTone::plain}};
  out.facts = {{{"해시", "Hash"}, "ab\"cd", {}}, {{"없는 것", "Absent"}, "", {"없음", "none"}}};
  out.lists = {{{"수단", "Ways"}, {}, {"보이지 않음", "nothing shown"}}};
  out.tables = {{{"장치", "Devices"}, {{"자리", "Place"}, {"이름", "Name"}}, {}, {"없음", "none"}}};
  return out;
}

TEST_CASE("device page: everything from a machine is escaped, in both languages, and nothing is loaded") {
  DevicePageModel page = model();
  page.tables[0].rows = {{{"usb 1-2", "usb 1-2"}, {"<script>alert(1)</script>", "<script>alert(1)</script>"}}};
  page.qr = {2, {1, 0, 1, 1}, "SCRUTINEER-QUOTE/1 <x>"};
  for (Lang lang : {Lang::ko, Lang::en}) {
    const std::string html = render_device(page, lang);
    CHECK(html.find("<script") == html.npos);
    CHECK(html.find("src=") == html.npos);
    CHECK(html.find("http") == html.npos);
    CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt;") != html.npos);
    CHECK(html.find(lang == Lang::ko ? "<html lang=ko>" : "<html lang=en>") != html.npos);
    CHECK(html.find("<th scope=row>usb 1-2<td>") != html.npos);
    // Two runs of dark modules, inside a quiet zone of four.
    CHECK(html.find("viewBox=\"0 0 10 10\"") != html.npos);
    CHECK(html.find("d=\"M4 4h1v1H4zM4 5h2v1H4z\"") != html.npos);
  }
  CHECK(render_device(page, Lang::ko).find("보이지 않음") != std::string::npos);
  CHECK(render_device(model(), Lang::en).find("<svg") == std::string::npos);
}

TEST_CASE("device page: a colour never says anything alone") {
  CHECK(render_device(model(), Lang::en).find("<span class=\"tag look\">To look at</span>see") != std::string::npos);
  CHECK(render_device(model(), Lang::ko).find("<span class=\"tag good\">이상 없음</span>좋음") != std::string::npos);
}

TEST_CASE("device page: the same for a terminal, without control characters, and bounded") {
  DevicePageModel page = model();
  page.tables[0].rows.assign(kDeviceRows + 5, {{"x\x1b[2J", "x\x1b[2J"}, {"", ""}});
  const std::string text = device_text(page, Lang::en);
  CHECK(text.find('\x1b') == text.npos);
  CHECK(text.starts_with("Machine <1>\n\nfirst <b>\n\n  + fine\n  ! see\n  - words\n"));
  CHECK(text.ends_with("  + 5\n"));
  CHECK(render_device(page, Lang::en).find("And 5 more.") != std::string::npos);
}

}  // namespace
}  // namespace scrutineer::ui
