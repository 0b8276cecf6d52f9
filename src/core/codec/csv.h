// CSV as tables of an election use it: RFC 4180 in UTF-8 with a header row. Grammar: docs/formats/csv.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problems.h"

namespace scrutineer {

enum class UnknownColumns : std::uint8_t { refuse, keep };

struct CsvOptions {
  std::string file;  // the name that problems carry: "units.csv"
  UnknownColumns unknown = UnknownColumns::refuse;
};

// Reads a table out of memory, row by row. What is wrong goes to `problems` with file, line and column; a row that is
// wrong is reported and left out, and reading goes on at the next line, so that one run finds everything. Nothing may
// be believed while there are problems. Not thread-safe; `text`, `columns` and `problems` outlive the reader.
class CsvReader {
 public:
  // Reads the header. Every one of `columns` must be there once, in any order. Limits: kCsv* in limits.h.
  CsvReader(std::string_view text, std::span<const std::string_view> columns, CsvOptions options, Problems& problems);
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // The next good row; false at the end. False at once where the header was refused.
  bool next();

  // A field of the row, by index into `columns`; unknown columns that were kept follow in the order of the file. Valid
  // until next(). Where no "" had to be undone it points into `text` and is valid as long as that is.
  std::string_view field(std::size_t column) const;

  // "units.csv:12:5": where that field, or the row, starts. Lines and columns (characters, not bytes) start at 1.
  std::string place(std::size_t column) const;
  std::string place() const;
  std::size_t line() const { return row_line_; }

  // Reports that a field holds what it must not.
  void refuse(std::size_t column, std::string message) { problems_.add(place(column), std::move(message)); }

  const std::vector<std::string>& extra_columns() const { return extra_; }

 private:
  struct Field {
    std::size_t start = 0;  // offset in text_, of the opening quote where there is one
    std::size_t from = 0;   // offset of the value, in text_ or scratch_
    std::size_t size = 0;
    bool unescaped = false;  // the value lies in scratch_
  };
  enum class Step : std::uint8_t { field, row, bad };

  void read_header();
  void take_names();
  bool read_row();
  Step read_field();
  Step read_plain(Field& field);
  Step read_quoted(Field& field);
  Step unclosed(const Field& field, std::string message);
  void undo_quotes(Field& field);
  Step end_of_field();
  Step bad(std::size_t offset, std::string message);
  std::string_view value(const Field& field) const;
  std::string place_at(std::size_t offset) const;

  std::string_view text_;
  std::span<const std::string_view> columns_;
  CsvOptions options_;
  Problems& problems_;
  std::vector<std::size_t> order_;  // column -> field of the row
  std::vector<std::string> extra_;
  std::vector<Field> fields_;
  std::string scratch_;    // values in which "" became "
  std::size_t width_ = 0;  // fields of the header; 0 until it is read, or where it was refused
  std::size_t at_ = 0;     // offset of what is read next
  std::size_t line_ = 1;   // of at_
  std::size_t row_start_ = 0;
  std::size_t row_line_ = 1;
};

// Writes rows: LF at the end of each, quotes only where they are needed. The same calls give the same bytes.
class CsvWriter {
 public:
  CsvWriter& field(std::string_view text);  // UTF-8
  CsvWriter& field(std::int64_t value);
  CsvWriter& end_row();
  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  std::size_t row_start_ = 0;
  bool first_ = true;
};

}  // namespace scrutineer
