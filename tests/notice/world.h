// A notifier, institutions, relays and witnesses on this machine, over real HTTP: each node with a folder of its own.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/server.h"
#include "app/notice/node.h"
#include "app/notice/routes.h"
#include "app/witness/routes.h"
#include "app/witness/service.h"
#include "core/crypto/hash.h"
#include "core/notice/agreement_for_test.h"

namespace scrutineer::testing {

// A clock that is the machine's, but for what a test adds.
struct ShiftedClock final : Clock {
  UnixSeconds now() override { return {system.now().value + wrong_by}; }
  std::uint64_t monotonic_ns() override { return system.monotonic_ns(); }
  SystemClock system;
  std::atomic<std::int64_t> wrong_by{0};
};

struct TemporaryFolder {
  TemporaryFolder() {
    char name[] = "/tmp/notice-test-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::string path;
};

inline std::unique_ptr<http::Server> serve(std::uint16_t port, http::Handler handler, std::size_t threads = 16) {
  http::ServerOptions options;
  options.port = port;
  options.threads = threads;
  options.body_limit = [](std::string_view method, std::string_view path) {
    return std::max(notice_body_limit(method, path), witness_body_limit(method, path));
  };
  auto server = http::Server::start(options, std::move(handler));
  REQUIRE_MESSAGE(server.has_value(), (server ? "" : to_string(server.error())));
  return std::move(*server);
}

template <class Holds>
bool soon(Holds&& holds, int seconds = 20) {
  for (int i = 0; i < seconds * 100; ++i) {
    if (holds()) return true;
    ::usleep(10'000);
  }
  return holds();
}

// One node and its server, which can be down while the node's folder stays.
struct TestNode {
  std::string name, directory;
  NodeRole role = NodeRole::relay;
  std::uint16_t port = 0;
  std::unique_ptr<NoticeNode> node;
  std::unique_ptr<http::Server> server;
  std::atomic<NoticeNode*> live{nullptr};

  NoticeNode* operator->() { return node.get(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }
};

struct NoticeWorld {
  TemporaryFolder folder;
  PosixDisk disk;
  ShiftedClock clock;
  SystemRng rng;
  Cast cast;
  bool background = false;
  std::chrono::milliseconds poll{200};
  std::vector<std::string> told;
  std::mutex told_mutex;
  std::map<std::string, std::unique_ptr<TestNode>> nodes;
  std::vector<std::string> names;
  Agreement terms;
  std::vector<RecordId> agreements;

  struct Witness {
    std::unique_ptr<WitnessService> service;
    std::unique_ptr<http::Server> server;
  };
  std::vector<Witness> witnesses;

  TestNode& at(const std::string& name) { return *nodes.at(name); }

  TestNode& add(const std::string& name, NodeRole role) {
    auto node = std::make_unique<TestNode>();
    node->name = name;
    node->role = role;
    node->directory = folder.path + "/" + name;
    REQUIRE(make_node(disk, rng, node->directory, {role, name + ".example/notices", {name, name}}).has_value());
    names.push_back(name);
    TestNode& added = *(nodes[name] = std::move(node));
    start(name);
    return added;
  }

  void open(TestNode& node) {
    NodeOptions options;
    options.directory = node.directory;
    options.background = background;
    options.poll = poll;
    options.tell = [this](const std::string& line) {
      std::lock_guard lock(told_mutex);
      told.push_back(line);
    };
    auto opened = NoticeNode::open(disk, clock, rng, options);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : to_string(opened.error())));
    node.node = std::move(*opened);
  }
  void start(const std::string& name) {
    TestNode& node = at(name);
    if (!node.node) open(node);
    if (node.server) return;
    NoticeNode* live = node.node.get();
    node.server = serve(node.port, [live](const http::Request& request) { return answer_notice(*live, request); });
    node.port = node.server->port();
  }
  // Not reached any more; with `forget`, the process is gone, too.
  void down(const std::string& name, bool forget = true) {
    TestNode& node = at(name);
    if (node.server) node.server->stop();
    node.server.reset();
    if (forget) node.node.reset();
  }

  // Keys of people are cast's; those of machines and logs the nodes' own.
  AgreedParty party(const std::string& name) {
    AgreedParty party = agreed_party(cast, name);
    TestNode& node = at(name);
    party.log = node->log_key();
    party.machine = node->machine_key();
    party.boxes = node->boxes();
    party.addresses = {{Channel::https, node.url()}, {Channel::mail, name + "@example.org"}};
    return party;
  }

  void add_witnesses(int count) {
    std::vector<VerifierKey> logs;
    for (const std::string& name : names) logs.push_back(at(name)->log_key());
    std::string lines;
    for (int i = 1; i <= count; ++i) {
      const std::string name = "witness-" + std::to_string(i);
      NamedKey key =
          named_key(name, PrivateKey{KeyType::cosignature_ed25519, SecretBytes::copy_of(sha256(name).view())}).value();
      Witness witness;
      witness.service = WitnessService::open(disk, folder.path + "/" + name, logs, key, clock).value();
      witness.server = serve(
          0, [service = witness.service.get()](const http::Request& request) { return answer(*service, request); });
      std::string url = witness.server->url();
      url.pop_back();
      lines += to_string(key.vkey) + " " + url + "\n";
      terms.witnesses.push_back(key.vkey);
      witnesses.push_back(std::move(witness));
    }
    for (const std::string& name : names) {
      down(name);
      std::ofstream(at(name).directory + "/witnesses") << lines;
      start(name);
    }
  }

  // An agreement between the notifier "service" and that institution, over every relay; in effect everywhere.
  RecordId agree(const std::string& institution, const std::function<void(Agreement&)>& change = {}) {
    Agreement agreement = terms;
    agreement.title = {"시험 협정", "Agreement for tests"};
    agreement.simulated = true;
    agreement.notifier = party("service");
    agreement.institution = party(institution);
    agreement.relays.clear();
    for (const std::string& name : names)
      if (at(name).role == NodeRole::relay)
        agreement.relays.push_back({{name, name}, at(name)->log_key(), at(name)->machine_key(), at(name).url()});
    if (agreement.relays.empty()) {  // one that nobody reaches
      agreement.relays = {{{"none", "none"},
                           cast.actor("none.example/log").vkey,
                           cast.actor("none/machine").vkey,
                           "http://127.0.0.1:1"}};
      agreement.received = CountsAsReceived::receipt;
    }
    agreement.quorum = static_cast<std::int64_t>(agreement.relays.size() + 1) / 2;
    agreement.witness_quorum = std::max<std::int64_t>(1, static_cast<std::int64_t>(agreement.witnesses.size() + 1) / 2);
    if (agreement.witnesses.empty()) agreement.witnesses = {cast.actor("nobody", KeyType::cosignature_ed25519).vkey};
    if (change) change(agreement);
    const std::string text = notice_record_text({std::nullopt, std::nullopt, agreement});
    const RecordId id = record_id(text);
    for (const std::string& name : names)
      if (name == institution || at(name).role != NodeRole::institution) {
        if (!at(name).node) continue;
        REQUIRE(at(name)->accept(id).has_value());
      }
    // One side signs and sends, the other side signs the same text.
    auto said = at("service")->say(cast.sign(text, {"service/head"}));
    REQUIRE_MESSAGE(said.has_value(), (said ? "" : to_string(said.error())));
    said = at("service")->say(cast.sign(text, {institution + "/head"}));
    REQUIRE_MESSAGE(said.has_value(), (said ? "" : to_string(said.error())));
    agreements.push_back(id);
    settle();
    return id;
  }

  void settle(int rounds = 2) {
    if (background) return;
    for (int i = 0; i < rounds; ++i)
      for (const std::string& name : names)
        if (at(name).node) at(name)->tick();
  }

  RecordId notify(const RecordId& agreement, std::vector<PayloadField> fields = {{"attribution", "\"APT-MARKER\""}},
                  std::vector<PayloadFile> files = {}) {
    auto draft =
        at("service")->draft_notice(agreement, NoticeKind::attack, NoticeChange::first, std::nullopt, fields, files);
    REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : to_string(draft.error())));
    auto said = at("service")->say(cast.sign(draft->text, {"service/officer-1"}), draft->sealed->ciphertext);
    REQUIRE_MESSAGE(said.has_value(), (said ? "" : to_string(said.error())));
    return said->record;
  }

  // Of a notice in somebody's book: how many receipts, ...
  std::size_t count(const std::string& name, const RecordId& notice, std::vector<NoticeIndex> NoticeVersion::*list) {
    return at(name)->read([&](const NoticeNode::View& view) -> std::size_t {
      const NoticeVersion* version = view.book.version(notice);
      return version == nullptr ? 0 : (version->*list).size();
    });
  }
  std::size_t receipts(const std::string& name, const RecordId& notice) {
    return count(name, notice, &NoticeVersion::receipts);
  }
  std::size_t held(const std::string& name, const RecordId& notice) {
    return count(name, notice, &NoticeVersion::availabilities);
  }
  std::optional<Receipt> receipt(const std::string& name, const RecordId& notice) {
    return at(name)->read([&](const NoticeNode::View& view) -> std::optional<Receipt> {
      const NoticeVersion* version = view.book.version(notice);
      if (version == nullptr || version->receipts.empty()) return std::nullopt;
      return std::get<Receipt>(view.book.records()[version->receipts.front()].record.body);
    });
  }
  RecordId acknowledge(const std::string& institution, const RecordId& agreement, const RecordId& notice,
                       const std::string& person = "officer-1") {
    const Hash256 payload = *receipt(institution, notice)->payload;
    auto draft = at(institution)->draft({agreement, std::nullopt, Acknowledgement{notice, payload}});
    REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : to_string(draft.error())));
    auto said = at(institution)->say(cast.sign(draft->text, {institution + "/" + person}));
    REQUIRE_MESSAGE(said.has_value(), (said ? "" : to_string(said.error())));
    return said->record;
  }
};

// The usual one: a notifier, one institution, three relays.
struct UsualWorld : NoticeWorld {
  explicit UsualWorld(int relays = 3, bool by_itself = false, int witness_count = 0) {
    background = by_itself;
    add("service", NodeRole::notifier);
    add("commission", NodeRole::institution);
    for (int i = 1; i <= relays; ++i) add("relay-" + std::to_string(i), NodeRole::relay);
    if (witness_count > 0) add_witnesses(witness_count);
    agreement = agree("commission");
  }
  RecordId agreement;
};

}  // namespace scrutineer::testing
