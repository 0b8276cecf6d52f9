// Verifier keys as members of a record. Private to core/record.
#pragma once

#include "core/codec/object_reader.h"
#include "core/note/vkey.h"

namespace scrutineer {

// A member that is a verifier key; what is wrong with it goes into the problems.
inline VerifierKey read_vkey(const ObjectReader& in, std::string_view name) {
  auto key = parse_vkey(in.non_empty(name));
  if (key) return std::move(*key);
  in.problem(name, key.error().message);
  return {};
}

}  // namespace scrutineer
