// sample_pages DIR       writes two invented bundles' pages: DIR/simulated and DIR/transcribed
// sample_pages --serve DIR  serves one of them, prints its address, until it is killed
// sample_pages --time N  renders N typical unit pages and says how long one takes and how big it is
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "app/http/static_server.h"
#include "app/ui/pages.h"
#include "app/ui/paths.h"
#include "sample_model.h"

namespace {

using namespace scrutineer::ui;

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_language(const std::filesystem::path& root, const sample::Sample& s, Lang lang) {
  write(root / overview_file(lang), render_overview(s.site, s.overview, lang));
  write(root / questions_file(lang), render_questions(s.site, s.overview, lang));
  write(root / glossary_file(lang), render_glossary(s.site, lang));
  for (const Area& area : s.areas) write(root / area_file(lang, area.node.number), render_area(s.site, area, lang));
  for (const Unit& unit : s.units) write(root / unit_file(lang, unit.node.number), render_unit(s.site, unit, lang));
}

void write_sample(const std::filesystem::path& root, const sample::Sample& s) {
  write(root / kIndexFile, render_index(s.site, s.overview));
  write(root / kStyleFile, style_sheet());
  write_language(root, s, Lang::ko);
  write_language(root, s, Lang::en);
  for (const Unit& unit : s.units) {
    for (const Sheet& sheet : unit.sheets)
      write(root / proof_file(unit.node.number, sheet.contest), "c2sp.org/tlog-proof@v1\n");
  }
  for (const char* name : {"checkpoint", "manifest", "claims/results.csv", "claims/results.json", sample::kSampleBlob})
    write(root / name, "sample\n");
}

int time_units(int pages) {
  sample::Sample s = sample::simulated();
  s.site.contests.resize(1);
  std::size_t bytes = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < pages; ++i) bytes += render_unit(s.site, s.units[0], i % 2 == 0 ? Lang::ko : Lang::en).size();
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  std::printf("%d pages, %.2f us and %zu bytes each\n", pages, took.count() / pages,
              bytes / static_cast<std::size_t>(pages));
  return 0;
}

int serve(const char* directory) {
  const auto server = scrutineer::http::StaticServer::start(directory, 0);
  if (!server) {
    std::fprintf(stderr, "%s\n", scrutineer::to_string(server.error()).c_str());
    return 1;
  }
  std::printf("%s", (*server)->url().c_str());
  std::fflush(stdout);
  while (true) pause();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--time") return time_units(std::atoi(argv[2]));
  if (argc == 3 && std::string_view(argv[1]) == "--serve") return serve(argv[2]);
  if (argc != 2) {
    std::fputs("usage: sample_pages DIR | sample_pages --serve DIR | sample_pages --time PAGES\n", stderr);
    return 2;
  }
  write_sample(std::filesystem::path(argv[1]) / "simulated", sample::simulated());
  write_sample(std::filesystem::path(argv[1]) / "transcribed", sample::transcribed());
  return 0;
}
