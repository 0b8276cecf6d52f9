// A TAXII server with one store in memory: collection A, which readers may read and writers write to, B, which nobody
// but the owner sees.
#pragma once

#include <memory>
#include <string>

#include "app/disk/sim_disk.h"
#include "app/http/server.h"
#include "app/taxii/routes.h"
#include "app/taxii/store.h"
#include "core/crypto/hash.h"
#include "core/session/by_hand_for_test.h"

namespace scrutineer::testing {

inline constexpr const char* kA = "a1111111-0000-4000-8000-000000000001";
inline constexpr const char* kB = "b2222222-0000-4000-8000-000000000002";

// An indicator of its own for every n.
inline std::string indicator(int n, const std::string& modified = "2021-04-19T17:44:00.000Z") {
  std::string tail = std::to_string(n);
  tail.insert(0, 12 - tail.size(), '0');
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-)" + tail +
         R"(","created":"2021-04-19T17:44:00.000Z","modified":")" + modified +
         R"(","pattern":"[ipv4-addr:value = '192.0.2.1']","pattern_type":"stix","valid_from":"2021-04-19T17:44:00Z"})";
}
inline std::string indicator_id(int n) {
  return indicator(n).substr(47, 47);
}
inline std::string envelope(const std::string& objects) {
  return "{\"objects\":[" + objects + "]}";
}

struct TaxiiWorld {
  explicit TaxiiWorld(bool in_the_clear = false) { reopen(in_the_clear); }

  TaxiiStoreOptions options(bool in_the_clear) const {
    TaxiiStoreOptions out;
    out.directory = "taxii";
    out.about = {"Feeds", "for tests", "nobody@example.org"};
    out.collections = {{kA, "Collection A", "seen by all", "feed-a", false, false},
                       {kB, "Collection B", "", "", false, false}};
    const auto row = [](const std::string& name, const std::string& rights) {
      return name + " " + to_hex(sha256("token of " + name)) + rights + "\n";
    };
    const std::string a = std::string(" ") + kA, b = std::string(" ") + kB;
    out.users = TaxiiUsers::parse("# who may what\n" + row("reader", a + ":r") + row("writer", a + ":w") +
                                  row("both", a + ":rw") + row("owner", a + ":rw" + b + ":rw") + row("nobody", ""))
                    .value();
    out.in_the_clear = in_the_clear;
    if (!in_the_clear) out.key = SecretBytes::copy_of(sha256("key of the store").view());
    return out;
  }
  void reopen(bool in_the_clear = false) {
    store.reset();
    store = TaxiiStore::open(disk, options(in_the_clear), clock, rng).value();
  }
  std::unique_ptr<http::Server> serve() {
    http::ServerOptions serving;
    serving.port = 0;
    serving.threads = 4;
    serving.body_limit = [](std::string_view method, std::string_view path) { return taxii_body_limit(method, path); };
    return http::Server::start(serving, [this](const http::Request& request) { return answer_taxii(*store, request); })
        .value();
  }
  static std::string authorization(const std::string& name) { return *basic_authorization(name, "token of " + name); }

  SimDisk disk{7};
  HandClock clock;
  CountingRng rng;
  std::unique_ptr<TaxiiStore> store;
};

}  // namespace scrutineer::testing
