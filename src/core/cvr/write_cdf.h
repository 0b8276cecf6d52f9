// NIST SP 1500-103 (cast vote records, version 1.0) as strict JSON, paper by paper: nothing but one paper is in memory.
#pragma once

#include <functional>

#include "core/cvr/cvr.h"
#include "core/record/ballots.h"
#include "core/scan/batch.h"

namespace scrutineer {

struct CdfReportInfo {
  std::string generated;    // RFC 3339: when the report was made, never when a paper was fed
  std::string application;  // "scrutineer 0.9"
  std::string device;       // the machine's name
  std::string election;     // a name
  std::string unit;         // reporting unit of all papers
  std::string notes;        // may be empty
};

using TextSink = std::function<Status(std::string_view)>;

class CdfWriter {
 public:
  // The table is complete: a paper names what it holds. Both are copied or written before begin() returns.
  CdfWriter(TextSink sink) : sink_(std::move(sink)) {}
  Status begin(const CdfReportInfo& info, const CvrTable& table);
  Status add(const CvrTable& table, const Cvr& cvr);
  Status end();
  std::uint64_t papers() const { return papers_; }

 private:
  TextSink sink_;
  std::uint64_t papers_ = 0;
};

// Contests of a batch of scanned papers, and one paper of it: what the machine said, and what people decided after it.
Result<CvrTable> cvr_table_of(const BatchInfo& info);
Cvr cvr_of(const BatchInfo& info, const BallotLine& line, const BallotOutcome* outcome);
// The back of the same paper: its contests beside those of the front, which go first where both say something.
void add_back(Cvr& front, Cvr back);

}  // namespace scrutineer
