// An honest bundle, made by the program's own intake, log and publisher from a simulated election.
#pragma once

#include "app/demo/simulation.h"
#include "core/base/disk.h"
#include "core/election/election.h"
#include "tests/tamper/sources.h"

namespace scrutineer::tamper {

SimulatedElection simulate(std::size_t units, const std::string& seed = "1");
Election election_of(const SimulatedElection& simulated);

// "log <vkey> / quorum none", the roots and the election: what a verifier is given out of band.
TrustFiles trust_of(const SimulatedElection& simulated);

// The private key of anybody in the simulation, by name: "root-1", "publisher", "d001/u00001/chair"; the log's key is
// under its origin.
PrivateKey key_of(const std::string& seed, const std::string& name);

// Removed with everything in it.
struct TemporaryDirectory {
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  std::string path;
};

// Runs the whole night through intake and log in DIRECTORY of `disk` and publishes it to DIRECTORY/bundle.
void make_bundle(Disk& disk, const std::string& directory, const SimulatedElection& simulated);

// The same, read into memory.
Files bundle_of(const SimulatedElection& simulated);

}  // namespace scrutineer::tamper
