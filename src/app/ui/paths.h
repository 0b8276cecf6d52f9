// Where things are in the bundle. All names are ASCII; links between pages are relative, so that a bundle works from
// file://, from any subfolder and from any static server.
#pragma once

#include <string>

#include "app/ui/model.h"

namespace scrutineer::ui {

inline constexpr const char* kStyleFile = "style.css";
inline constexpr const char* kMachinesStyleFile = "machines.css";
inline constexpr const char* kIndexFile = "index.html";

// Relative to the bundle root: "ko/index.html", "en/area/7.html", ...
std::string overview_file(Lang lang);
std::string questions_file(Lang lang);
std::string glossary_file(Lang lang);
std::string machines_file(Lang lang);
std::string machine_file(Lang lang, const std::string& slug);  // machine_slug()
std::string area_file(Lang lang, NodeNumber number);
std::string unit_file(Lang lang, NodeNumber number);

// "proof/7.tlog-proof" for the first contest of unit 7, "proof/7-2.tlog-proof" for its second, ...
std::string proof_file(NodeNumber unit, std::size_t contest);

}  // namespace scrutineer::ui
