// SANE's own test scanner: a feeder with ten papers, a glass, and every failure that a scanner can report.
#include "app/scanner/scanner.h"

#include <doctest/doctest.h>
#include <unistd.h>
#include <cstdlib>

#include <filesystem>
#include <fstream>

#include "app/scan/picture.h"

using namespace scrutineer;

namespace {

constexpr const char* kFeeder = "Automatic Document Feeder";
constexpr std::size_t kFed = 10;  // papers that the test scanner's feeder holds

// Debian's libsane1 has the test scanner, but does not ask for it: a folder of settings of our own does.
void use_test_scanner() {
  static const bool there = [] {
    const auto folder = std::filesystem::temp_directory_path() / ("scrutineer-sane-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "dll.conf") << "test\n";
    std::ofstream(folder / "test.conf") << "number_of_devices 20\n";
    ::setenv("SANE_CONFIG_DIR", folder.c_str(), 1);
    const auto found = attached_scanners();
    std::filesystem::remove_all(folder);
    return found && !found->empty() && found->front().device == "test:0";
  }();
  REQUIRE_MESSAGE(there, "libsane1 with its test scanner is installed (tools/install-deps)");
}

ScannerRequest from_feeder() {
  ScannerRequest request;
  request.device = "test:0";
  request.options = {{"source", kFeeder}};
  return request;
}

std::string code_of(const Error& error) {
  return std::string(error_code_name(error.code));
}

// How many papers came, then what ended it.
std::pair<std::size_t, std::string> fed(const ScannerRequest& request) {
  auto source = open_scanner(request);
  if (!source) return {0, code_of(source.error())};
  for (std::size_t papers = 0;; ++papers) {
    auto paper = (*source)->next();
    if (!paper) return {papers, code_of(paper.error()) + ": " + paper.error().message};
    if (!*paper) return {papers, "end"};
  }
}

}  // namespace

TEST_CASE("scanner: every paper of the feeder is a picture, then it ends") {
  use_test_scanner();
  auto source = open_scanner(from_feeder());
  REQUIRE_MESSAGE(source.has_value(), (source ? "" : to_string(source.error())));
  for (std::size_t i = 0; i < kFed; ++i) {
    auto paper = (*source)->next();
    REQUIRE(paper.has_value());
    REQUIRE(paper->has_value());
    REQUIRE((*paper)->pictures.size() == 1);
    auto page = decode_picture((*paper)->pictures[0]);
    REQUIRE_MESSAGE(page.has_value(), (page ? "" : to_string(page.error())));
    CHECK(page->view().width == 629);  // 80 mm at 200 dpi, which the test scanner sets out from
    CHECK(page->view().height == 787);
  }
  auto last = (*source)->next();
  REQUIRE(last.has_value());
  CHECK_FALSE(last->has_value());
}

TEST_CASE("scanner: two sides a paper, black and white, a length that nobody knows before") {
  use_test_scanner();
  ScannerRequest request = from_feeder();
  request.options.push_back({"depth", "1"});
  CHECK(fed(request) == std::pair<std::size_t, std::string>{kFed, "end"});
  request = from_feeder();
  request.options.push_back({"hand-scanner", "yes"});
  CHECK(fed(request).first == kFed);
  request = from_feeder();
  request.sides = 2;
  CHECK(fed(request) == std::pair<std::size_t, std::string>{kFed / 2, "end"});
}

TEST_CASE("scanner: from the glass one paper") {
  use_test_scanner();
  ScannerRequest request = from_feeder();
  request.options = {{"source", "Flatbed"}};
  CHECK(fed(request) == std::pair<std::size_t, std::string>{1, "end"});
  request.sides = 2;
  CHECK(fed(request) == std::pair<std::size_t, std::string>{0, "unsupported"});
}

TEST_CASE("scanner: what it says is said, and never taken for the end of the stack") {
  use_test_scanner();
  const std::pair<const char*, const char*> table[] = {
      {"SANE_STATUS_JAMMED", "jammed"},         {"SANE_STATUS_COVER_OPEN", "cover"},
      {"SANE_STATUS_IO_ERROR", "connection"},   {"SANE_STATUS_NO_DOCS", "no paper"},
      {"SANE_STATUS_ACCESS_DENIED", "account"}, {"SANE_STATUS_DEVICE_BUSY", "somebody"}};
  int device = 0;
  for (const auto& [status, words] : table) {
    CAPTURE(status);
    ScannerRequest request = from_feeder();
    // What failed is not touched again: each failure has a scanner of its own.
    request.device = "test:" + std::to_string(++device);
    request.options.push_back({"read-return-value", status});
    const auto [papers, why] = fed(request);
    CHECK(papers == 0);
    CHECK(why.starts_with("io_error"));
    CHECK(why.find(words) != why.npos);
  }
}

TEST_CASE("scanner: no such scanner, option or value; colour is refused; no library") {
  use_test_scanner();
  ScannerRequest request = from_feeder();
  request.device = "nobody:0";
  CHECK(fed(request).second == "not_found");
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"no-such-option", "1"}, {"source", "Cupboard"}, {"hand-scanner", "perhaps"}, {"resolution", "-1"}}) {
    CAPTURE(name);
    request = from_feeder();
    request.options.push_back({name, value});
    CHECK(fed(request).second == "invalid_argument");
  }
  request = from_feeder();
  request.options.push_back({"mode", "Color"});
  CHECK(fed(request).second.starts_with("unsupported"));
  request.library = "libsane-that-nobody-has.so";
  CHECK(fed(request).second == "not_found");
  request.library = "libc.so.6";
  CHECK(fed(request).second == "unsupported");
}
