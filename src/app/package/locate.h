// Where something stands in election.json, as people count: file:line:column.
#pragma once

#include "core/codec/object_reader.h"

namespace scrutineer {

// "election.json:12:5", both from 1, the column in characters. `offset` in bytes.
std::string place_in(std::string_view file, std::string_view source, std::size_t offset);

// For ObjectReader: the place of a value in `source`, which is the text that was parsed. `source` and `problems`
// outlive it. Once no more problems are listed it no longer looks: each look goes through the whole text.
ObjectReader::Locate locate_in(std::string file, std::string_view source, const Problems& problems);

}  // namespace scrutineer
