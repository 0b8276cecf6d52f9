#include "app/cli/demo_witness.h"

#include "app/witness/routes.h"
#include "core/note/key_file.h"

namespace scrutineer::cli {

Result<RunningWitness> start_witness(Disk& disk, Clock& clock, Rng& rng, const std::string& directory,
                                     const std::string& name, std::vector<VerifierKey> logs) {
  RunningWitness witness;
  SCRUTINEER_TRY(NamedKey key, new_named_key(name, KeyType::cosignature_ed25519, rng));
  SCRUTINEER_TRY(witness.service, WitnessService::open(disk, directory, std::move(logs), key, clock));
  http::ServerOptions options;
  options.port = 0;
  options.threads = 4;
  options.body_limit = witness_body_limit;
  SCRUTINEER_TRY(witness.server,
                 http::Server::start(options, [raw = witness.service.get()](const http::Request& request) {
                   return answer(*raw, request);
                 }));
  return witness;
}

std::vector<WitnessAddress> addresses_of(const std::vector<RunningWitness>& witnesses) {
  std::vector<WitnessAddress> addresses;
  for (const RunningWitness& witness : witnesses) {
    std::string url = witness.server->url();
    url.pop_back();
    addresses.push_back({witness.service->key(), std::move(url)});
  }
  return addresses;
}

}  // namespace scrutineer::cli
