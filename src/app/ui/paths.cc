#include "app/ui/paths.h"

namespace scrutineer::ui {

namespace {

std::string in_tree(Lang lang, std::string_view rest) {
  return std::string(lang == Lang::ko ? "ko/" : "en/").append(rest);
}

}  // namespace

std::string overview_file(Lang lang) {
  return in_tree(lang, "index.html");
}

std::string questions_file(Lang lang) {
  return in_tree(lang, "questions.html");
}

std::string machines_file(Lang lang) {
  return in_tree(lang, "machines.html");
}

std::string machine_file(Lang lang, const std::string& slug) {
  return in_tree(lang, "machine/" + slug + ".html");
}

std::string glossary_file(Lang lang) {
  return in_tree(lang, "glossary.html");
}

std::string area_file(Lang lang, NodeNumber number) {
  return in_tree(lang, "area/" + std::to_string(number) + ".html");
}

std::string unit_file(Lang lang, NodeNumber number) {
  return in_tree(lang, "unit/" + std::to_string(number) + ".html");
}

std::string proof_file(NodeNumber unit, std::size_t contest) {
  std::string path = "proof/" + std::to_string(unit);
  if (contest > 0) path += "-" + std::to_string(contest + 1);
  return path + ".tlog-proof";
}

}  // namespace scrutineer::ui
