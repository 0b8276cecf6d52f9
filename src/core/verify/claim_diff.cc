#include "core/verify/claim_diff.h"

#include <algorithm>
#include <map>

#include "core/base/limits.h"
#include "core/codec/csv.h"

namespace scrutineer {
namespace {

constexpr std::size_t kClaimJsonDepth = 16;
constexpr std::size_t kClaimSlackBytes = 1u << 20;

void difference(Report& report, std::string where, std::string field, std::string claimed, std::string computed) {
  report.add({CheckId::claimed_values, Severity::failure, std::move(where), std::move(field), std::move(claimed),
              std::move(computed), "the claim says something else than the entries give"});
}

struct Table {
  std::vector<std::string> columns;
  std::map<std::string, std::vector<std::string>> rows;  // by id
  bool good = false;
};

Table read_table(std::string_view csv) {
  constexpr std::array<std::string_view, 1> kId = {"id"};
  Problems problems;
  CsvReader in(csv, kId, {"claim", UnknownColumns::keep}, problems);
  Table table;
  table.columns = in.extra_columns();
  while (in.next()) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < table.columns.size(); ++i) row.emplace_back(in.field(i + 1));
    if (!table.rows.emplace(std::string(in.field(0)), std::move(row)).second) return table;
  }
  table.good = problems.empty();
  return table;
}

bool name_table_differences(const std::string& path, std::string_view claimed_csv, std::string_view computed_csv,
                            Report& report) {
  Table claimed = read_table(claimed_csv), computed = read_table(computed_csv);
  if (!claimed.good || !computed.good || claimed.columns != computed.columns) return false;
  bool found = false;
  for (const auto& [id, row] : computed.rows) {
    auto other = claimed.rows.find(id);
    if (other == claimed.rows.end()) {
      difference(report, path + ", " + id, "line", "absent", "present");
      found = true;
      continue;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == other->second[i]) continue;
      difference(report, path + ", " + id, computed.columns[i], other->second[i], row[i]);
      found = true;
    }
  }
  for (const auto& [id, row] : claimed.rows) {
    if (computed.rows.contains(id)) continue;
    difference(report, path + ", " + id, "line", "present", "absent");
    found = true;
  }
  return found;
}

std::string spell(const std::optional<JsonValue>& value) {
  if (!value) return "absent";
  if (auto text = value->as_string()) return std::string(*text);
  if (auto number = value->as_integer()) return std::to_string(*number);
  if (auto flag = value->as_boolean()) return *flag ? "true" : "false";
  return value->is_object() ? "an object" : value->is_array() ? "a list of " + std::to_string(value->size()) : "null";
}

bool name_value_differences(const std::string& file, const std::string& path, std::optional<JsonValue> claimed,
                            std::optional<JsonValue> computed, Report& report) {
  bool both_lists = claimed && computed && claimed->is_array() && computed->is_array();
  bool both_objects = claimed && computed && claimed->is_object() && computed->is_object();
  if (!both_lists && !both_objects) {
    bool nested = claimed && (claimed->is_array() || claimed->is_object());
    if (claimed && computed && !nested && claimed->kind() == computed->kind() && spell(claimed) == spell(computed))
      return false;
    difference(report, file, path, spell(claimed), spell(computed));
    return true;
  }
  bool found = false;
  if (both_lists) {
    auto a = claimed->begin(), b = computed->begin();
    for (std::size_t i = 0; i < std::max(claimed->size(), computed->size()); ++i) {
      std::optional<JsonValue> left, right;
      if (i < claimed->size()) left = *a, ++a;
      if (i < computed->size()) right = *b, ++b;
      found |= name_value_differences(file, path + "[" + std::to_string(i) + "]", left, right, report);
    }
    return found;
  }
  for (JsonValue member : *computed)
    found |= name_value_differences(file, path + "." + std::string(member.name()), claimed->find(member.name()), member,
                                    report);
  for (JsonValue member : *claimed)
    if (!computed->find(member.name())) {
      difference(report, file, path + "." + std::string(member.name()), spell(member), "absent");
      found = true;
    }
  return found;
}

}  // namespace

void name_differences(const std::string& path, std::string_view claimed, std::string_view computed, Report& report) {
  bool named = false;
  // What is far longer than what it should be is not taken apart: a list of a thousand million ones names no figure.
  bool comparable = claimed.size() / 4 <= computed.size() + kClaimSlackBytes;
  if (!comparable) {
    difference(report, path, "size", std::to_string(claimed.size()) + " bytes",
               std::to_string(computed.size()) + " bytes");
    return;
  }
  if (path.ends_with(".csv")) {
    named = name_table_differences(path, claimed, computed, report);
  } else {
    auto left = Json::parse(claimed, kClaimJsonDepth), right = Json::parse(computed, kClaimJsonDepth);
    if (left && right) named = name_value_differences(path, "", left->root(), right->root(), report);
  }
  if (!named) difference(report, path, "file", "other bytes", std::to_string(computed.size()) + " bytes");
}

}  // namespace scrutineer
