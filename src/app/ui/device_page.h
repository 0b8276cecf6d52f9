// A machine's statement as one page, or as text for a terminal. Whoever fills the model decides what is true.
// Alone it loads nothing, and can be printed or put on a screen beside the machine; sites whose servers forbid styles
// in a page name the sheet.
#pragma once

#include <string>
#include <vector>

#include "app/ui/model.h"

namespace scrutineer::ui {

inline constexpr std::size_t kDeviceRows = 300;  // shown of one table; the rest is counted

enum class DeviceTone : std::uint8_t { plain, good, look };  // a word beside it says the same

struct DeviceLine {
  Bilingual text;
  DeviceTone tone = DeviceTone::plain;
};
struct DeviceFact {
  Bilingual name;
  std::string value;  // a hash, a name; shown as it is
  Bilingual words;    // where `value` is empty
};
struct DeviceTable {
  Bilingual title;
  std::vector<Bilingual> columns;
  std::vector<std::vector<Bilingual>> rows;  // the first cell names the row
  Bilingual empty;                           // where there are no rows
};
struct DeviceLink {
  Bilingual text;
  std::string href;  // relative, written by us
};
struct DeviceList {
  Bilingual title;
  std::vector<DeviceLine> lines;
  Bilingual empty;
  std::string href = {};  // of the title; empty: it is no link
};
struct DeviceQr {  // modules of a QR code
  std::size_t size = 0;
  std::vector<std::uint8_t> dark;
  std::string text;  // what it says
};

struct DevicePageModel {
  Bilingual title;  // "sorter-3: statement at opening"
  bool simulated = false;
  std::vector<DeviceLink> links;  // to where this page belongs, where it is one of several
  std::string style;              // address of device_style_sheet(); empty: it stands in the page
  std::vector<DeviceLine> summary;
  Bilingual caveat;  // that it cannot show an absence: always shown, in front
  std::vector<DeviceFact> facts;
  std::vector<DeviceList> lists;
  std::vector<DeviceTable> tables;
  DeviceQr qr;  // size 0: none
};

std::string render_device(const DevicePageModel& model, Lang lang);
std::string_view device_style_sheet();
std::string device_text(const DevicePageModel& model, Lang lang);

}  // namespace scrutineer::ui
