// The simulated election's definition and its tables.
#pragma once

#include "app/demo/country.h"
#include "core/record/definition.h"

namespace scrutineer::demo {

struct ElectionText {
  Definition definition;
  Bytes units, options, rules;
};
ElectionText make_election_text(const Country& country);

}  // namespace scrutineer::demo
