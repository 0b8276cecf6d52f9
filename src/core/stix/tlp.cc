#include "core/stix/tlp.h"

#include "core/base/check.h"
#include "core/codec/json.h"

namespace scrutineer {
namespace {

struct Row {
  std::string_view code, label, marking;
};

// oasis-open/cti-stix-common-objects, extension-definition-specifications/tlp-2.0
constexpr std::array<Row, 5> kTlp2 = {{
    {"clear", "TLP:CLEAR", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"},
    {"green", "TLP:GREEN", "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"},
    {"amber", "TLP:AMBER", "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"},
    {"amber+strict", "TLP:AMBER+STRICT", "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"},
    {"red", "TLP:RED", "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"},
}};
constexpr std::string_view kTlp2Created = "2022-10-01T00:00:00.000Z";

// STIX 2.1 section 7.2.1.4
struct OldRow {
  std::string_view marking;
  Tlp meaning;
};
constexpr std::array<OldRow, 4> kTlp1 = {{
    {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::clear},  // white
    {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::green},
    {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Tlp::amber},
    {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::red},
}};

const Row& row(Tlp tlp) {
  return kTlp2[static_cast<std::size_t>(tlp)];
}

}  // namespace

std::string_view tlp_code(Tlp tlp) {
  return row(tlp).code;
}

std::string_view tlp_label(Tlp tlp) {
  return row(tlp).label;
}

std::optional<Tlp> tlp_of_code(std::string_view code) {
  for (Tlp tlp : kAllTlp)
    if (row(tlp).code == code) return tlp;
  return std::nullopt;
}

StixId tlp_marking_id(Tlp tlp) {
  auto id = parse_stix_id(row(tlp).marking);
  check(id.has_value(), "a fixed marking has no id");
  return *id;
}

void write_tlp_marking(JsonWriter& json, Tlp tlp) {
  json.begin_object().member("type", "marking-definition").member("spec_version", "2.1");
  json.member("id", row(tlp).marking).member("created", kTlp2Created).member("name", row(tlp).label);
  json.name("extensions").begin_object().name(kTlpExtension).begin_object();
  json.member("extension_type", "property-extension").member("tlp_2_0", row(tlp).code);
  json.end_object().end_object().end_object();
}

std::optional<Tlp> tlp_of_marking(const StixId& marking) {
  for (Tlp tlp : kAllTlp)
    if (row(tlp).marking == marking.text()) return tlp;
  for (const OldRow& old : kTlp1)
    if (old.marking == marking.text()) return old.meaning;
  return std::nullopt;
}

}  // namespace scrutineer
