// Witnesses of the demonstration, in this process: each behind an address of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/http/server.h"
#include "app/witness/service.h"

namespace scrutineer::cli {

struct RunningWitness {
  std::unique_ptr<WitnessService> service;
  std::unique_ptr<http::Server> server;
};

// With a key of its own, which nobody keeps; it remembers below `directory`. Borrows disk and clock.
Result<RunningWitness> start_witness(Disk& disk, Clock& clock, Rng& rng, const std::string& directory,
                                     const std::string& name, std::vector<VerifierKey> logs);

std::vector<WitnessAddress> addresses_of(const std::vector<RunningWitness>& witnesses);

}  // namespace scrutineer::cli
