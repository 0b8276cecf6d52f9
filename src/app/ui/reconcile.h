// The page about a reconciliation, and the sentences of its summary. Whoever fills the model decides what is true.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/model.h"

namespace scrutineer::ui {

inline constexpr std::size_t kReconcileRowsOnPage = 300;

enum class ReconcileKind : std::uint8_t { unit, area_stated, area_sum, concurrent };

struct ReconcilePlace {
  NodeRef node;  // name and page; number 0 of an area: everything, which has no page of its own
  bool is_unit = false;
  std::string id;  // unit id or area path
};

// A figure, or the votes of an option (its name in the data).
struct ReconcileItem {
  Figure figure = Figure::votes;
  std::string option;  // for Figure::votes
};

struct ReconcileDifference {
  ReconcileKind kind = ReconcileKind::unit;
  ReconcilePlace place;
  std::string contest;
  ReconcileItem item;
  Count ours, theirs;
  std::string other_contest;  // of ReconcileKind::concurrent
};

struct ReconcileMissing {
  bool here = false;  // missing in our records; else on the other side
  ReconcilePlace place;
  std::string contest;
  std::int64_t units = 0;
};

struct ReconcileAgreement {
  std::string contest;
  std::int64_t units = 0, agreeing = 0, areas = 0, areas_agreeing = 0;
};

struct ReconcileNotCompared {
  std::string contest;
  ReconcileItem item;
  bool here = false;
};

struct ReconcileRemark {
  std::string where, message;
};

struct ReconcileModel {
  std::string with;                              // the other side's name; empty: contests among themselves
  std::vector<ReconcileAgreement> agreements;    // one a contest
  std::vector<ReconcileDifference> differences;  // in the order in which they are shown
  std::int64_t differences_in_all = 0;           // may be more than are given here, as the next
  std::vector<ReconcileMissing> missing;
  std::int64_t missing_in_all = 0;
  std::vector<ReconcileNotCompared> not_compared;
  std::vector<ReconcileRemark> unknown, remarks;
  std::string csv_file, json_file;  // links relative to the bundle root; empty: not offered
  std::string file_stem;            // the page is <lang>/<file_stem>.html
};

// <lang>/<file_stem>.html, from the bundle root.
std::string reconciliation_file(const ReconcileModel& model, Lang lang);
std::string render_reconciliation(const Site& site, const ReconcileModel& model, Lang lang);

// The same inside the counting desk: an answer to a file that was handed in. Links lead to the server's public pages;
// file_stem is not used.
struct DeskFrame;
std::string render_desk_reconciliation(const DeskFrame& frame, std::string_view data_lang, const ReconcileModel& model);

// The same for a terminal: summary, then the first `rows` differences and missing places, one a line.
std::string reconciliation_text(const ReconcileModel& model, Lang lang, std::size_t rows);

}  // namespace scrutineer::ui
