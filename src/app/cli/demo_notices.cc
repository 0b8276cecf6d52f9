#include "app/cli/demo_notices.h"

#include <algorithm>

#include "app/cli/demo_front.h"
#include "app/cli/notice_access.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/notice/keys.h"
#include "app/server/notice_taxii.h"
#include "app/taxii/users.h"
#include "core/base/limits.h"
#include "core/crypto/hash.h"

namespace scrutineer::cli {
namespace {

struct NodePlan {
  const char* name;
  NodeRole role;
  const char *ko, *en;
  bool runs;  // a dead mailbox does not
};
constexpr NodePlan kNodes[] = {
    {"service", NodeRole::notifier, "보안기관", "Security service", true},
    {"commission", NodeRole::institution, "선거관리위원회", "Election commission", true},
    {"relay-1", NodeRole::relay, "중계소 1 (대학)", "Relay 1 (university)", true},
    {"relay-2", NodeRole::relay, "중계소 2 (언론)", "Relay 2 (press)", true},
    {"relay-3", NodeRole::relay, "중계소 3 (변호사회)", "Relay 3 (bar association)", true},
    {"ministry", NodeRole::institution, "부처 (아무도 보지 않는 곳)", "Ministry (where nobody looks)", true},
    {"province", NodeRole::institution, "지방청 (우편함이 죽은 곳)", "Province (whose mailbox is dead)", false},
    {"oversight", NodeRole::oversight, "감독기관", "Oversight body", true},
};

constexpr const char* kWitnesses[] = {"party-b.example/witness", "university.example/witness", "court.example/witness"};

struct PersonPlan {
  const char* name;
  Duty duty;
};
constexpr PersonPlan kPeople[] = {{"officer-1", Duty::officer},
                                  {"officer-2", Duty::officer},
                                  {"deputy-1", Duty::deputy},
                                  {"telephone-1", Duty::telephone},
                                  {"head-1", Duty::representative}};

// Short, so that one sees within three minutes what happens by itself; the law's clocks are as they are.
const std::vector<AgreedDeadline> kDeadlines = {
    {"machine-5s", NoticeStep::receipt, 5, EscalateTo::mail, {}, ""},
    {"person-60s", NoticeStep::acknowledgement, 60, EscalateTo::deputy, {}, ""},
    {"deputy-90s", NoticeStep::acknowledgement, 90, EscalateTo::telephone, {}, ""},
    {"telephone-120s", NoticeStep::acknowledgement, 120, EscalateTo::oversight, {}, ""},
    {"initial-24h", NoticeStep::initial, 86'400, EscalateTo::oversight, {"attack"}, "KISA 24 h; NIS2 art. 23(4)(a)"},
    {"full-72h", NoticeStep::full, 259'200, EscalateTo::oversight, {"attack"}, "NIS2 art. 23(4)(b)"},
    {"final-1m", NoticeStep::final, 2'592'000, EscalateTo::oversight, {"attack"}, "NIS2 art. 23(4)(d)"}};

constexpr const char* kReport = R"json({
  "kind": "malware-infection",
  "title": "Nine beacons in twelve minutes (simulated)",
                     "description" : "A computer of yours speaks to an address that a known group uses.",
                     "first_seen" : "2021-04-19T17:44:00+09:00",
                     "last_seen" : "2021-04-19T17:56:00+09:00",
                     "reporter" : "Security service",
                     "tlp" : "amber",
                     "language" : "en",
                     "affected" : [ {"kind" : "address", "value" : "192.0.2.17", "told" : false} ],
                     "indicators"
    : [ {"kind" : "ipv4", "value" : "198.51.100.7"}, {"kind" : "domain", "value" : "update.attacker.example"} ],
                     "observations" : [ {
                       "from" : "192.0.2.17",
                       "to" : "198.51.100.7",
                       "first" : "2021-04-19T17:44:00+09:00",
                       "last" : "2021-04-19T17:56:00+09:00",
                       "count" : 9,
                       "protocol" : "tcp",
                       "port" : 443
                     } ],
                     "relays" : ["203.0.113.9"],
                     "actions"
    : [ "Take the computer off the network and keep its memory.", "Search your logs for these addresses." ],
                     "attributions" : [ {"name" : "Group 7 (simulated)", "confidence" : 80} ]
}
)json";

std::string key_file(const std::string& directory, const std::string& node, const std::string& person) {
  return directory + "/keys/notices/" + node + "-" + person + ".key";
}

Result<VerifierKey> vkey_in(Disk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes text, read_file(disk, path, limits::kKeyFileBytes));
  SCRUTINEER_TRY(KeyFile file, parse_key_file(text));
  wipe(text);
  return file.vkey;
}

}  // namespace

Status NoticeDemo::make_nodes() {
  for (const NodePlan& plan : kNodes) {
    SCRUTINEER_CHECKED(make_node(disk_, rng_, folder(plan.name),
                                 {plan.role, std::string(plan.name) + ".example/notices", {plan.ko, plan.en}}));
    Node node;
    node.name = plan.name;
    nodes_.push_back(std::move(node));
  }
  return {};
}

Status NoticeDemo::make_keys() {
  SCRUTINEER_CHECKED(disk_.make_directories(directory_ + "/keys/notices"));
  for (const NodePlan& plan : kNodes) {
    if (plan.role == NodeRole::relay) continue;
    for (const PersonPlan& person : kPeople) {
      SCRUTINEER_TRY(NamedKey key, new_named_key(std::string(plan.name) + "/" + person.name, KeyType::ed25519, rng_));
      SCRUTINEER_TRY(Bytes text, write_key_file(key, std::nullopt, rng_));
      SCRUTINEER_CHECKED(save_key(disk_, key_file(directory_, plan.name, person.name), text));
    }
  }
  return {};
}

Status NoticeDemo::start_witnesses() {
  std::vector<VerifierKey> logs;
  for (const Node& node : nodes_) {
    SCRUTINEER_TRY(NodeKeys keys, read_node(disk_, folder(node.name)));
    logs.push_back(std::move(keys.log));
  }
  for (const char* name : kWitnesses) {
    const std::string place =
        directory_ + "/witnesses/notices-" + std::string(name).substr(0, std::string(name).find('.'));
    SCRUTINEER_TRY(RunningWitness witness, start_witness(disk_, clock_, rng_, place, name, logs));
    witnesses_.push_back(std::move(witness));
  }
  return {};
}

std::string NoticeDemo::url(const std::string& node) const {
  for (const Node& one : nodes_)
    if (one.name == node) return "http://127.0.0.1:" + std::to_string(one.port);
  return {};
}

Result<AgreedParty> NoticeDemo::party(const std::string& node, bool reachable) const {
  SCRUTINEER_TRY(NodeKeys keys, read_node(disk_, folder(node)));
  AgreedParty party{keys.title, keys.log, keys.machines.back().vkey, {}, {}, 1, {}};
  for (const NodeBox& box : keys.boxes) party.boxes.push_back(box.box);
  for (const PersonPlan& person : kPeople) {
    SCRUTINEER_TRY(VerifierKey key, vkey_in(disk_, key_file(directory_, node, person.name)));
    party.people.push_back({std::move(key), person.duty});
  }
  // Port 9 (discard): nobody listens there.
  party.addresses = {{Channel::https, reachable ? url(node) : "http://127.0.0.1:9"},
                     {Channel::mail, "notices@" + node + ".example"},
                     {Channel::telephone, "+82 2 000 0000"}};
  return party;
}

Result<Agreement> NoticeDemo::terms(const std::string& institution) const {
  Agreement terms;
  terms.title = {"모의 통보 협정: " + institution, "Simulated service agreement: " + institution};
  terms.simulated = true;
  const auto runs = [&](const NodePlan& plan) { return plan.name == institution && plan.runs; };
  SCRUTINEER_TRY(terms.notifier, party("service", true));
  SCRUTINEER_TRY(terms.institution, party(institution, std::any_of(std::begin(kNodes), std::end(kNodes), runs)));
  SCRUTINEER_TRY(AgreedParty oversight, party("oversight", true));
  terms.oversight = std::move(oversight);
  for (const NodePlan& plan : kNodes) {
    if (plan.role != NodeRole::relay) continue;
    SCRUTINEER_TRY(NodeKeys keys, read_node(disk_, folder(plan.name)));
    terms.relays.push_back({keys.title, keys.log, keys.machines.back().vkey, url(plan.name)});
  }
  terms.quorum = 2;
  for (const RunningWitness& witness : witnesses_) terms.witnesses.push_back(witness.service->key());
  terms.witness_quorum = 2;
  terms.heartbeat = 5;
  terms.deadlines = kDeadlines;
  return terms;
}

Status NoticeDemo::agree(const std::string& institution) {
  SCRUTINEER_TRY(Agreement agreed, terms(institution));
  const std::string text = notice_record_text({std::nullopt, to_rfc3339(clock_.now()), std::move(agreed)});
  std::vector<NoteSignature> signatures;
  for (const std::string& side : {std::string("service"), institution}) {
    SCRUTINEER_TRY(NamedKey key, load_key(disk_, key_file(directory_, side, "head-1"), ""));
    SCRUTINEER_TRY(auto signer, make_signer(key.secret));
    SCRUTINEER_TRY(NoteSignature signature, sign_note(text, key.vkey.name, *signer));
    signatures.push_back(std::move(signature));
  }
  SCRUTINEER_TRY(Bytes note, entry_bytes(text, std::move(signatures)));
  for (const NodePlan& plan : kNodes)
    if (plan.role != NodeRole::institution || plan.name == institution)
      SCRUTINEER_CHECKED(add_accepted(disk_, folder(plan.name), record_id(text)));
  SCRUTINEER_CHECKED(
      write_file(disk_, directory_ + "/notices/agreement-" + institution + ".note", note, Durability::cached));
  agreements_.push_back(std::move(note));
  return {};
}

// One tool that may read what the commission got, one that may notify through the service.
Status NoticeDemo::let_tools_in() {
  for (auto [node, name, collection] :
       {std::tuple{"commission", "siem", "inbox:r"}, std::tuple{"service", "feed", "outbox:w"}}) {
    const std::string token = new_taxii_token(rng_);
    const std::string line =
        std::string(name) + " " + to_hex(sha256(token)) + " " +
        taxii_collection_id(std::string_view(collection).substr(0, std::string_view(collection).find(':'))) +
        std::string(std::string_view(collection).substr(std::string_view(collection).find(':'))) + "\n";
    SCRUTINEER_CHECKED(write_file(disk_, folder(node) + std::string(kTaxiiUsersFile), line, Durability::cached));
    SCRUTINEER_CHECKED(
        save_key(disk_, directory_ + "/keys/notices/taxii-" + name, std::string(name) + ":" + token + "\n"));
  }
  return {};
}

Status NoticeDemo::run(Node& node) {
  NoticeServerOptions options;
  options.node.directory = folder(node.name);
  options.port = node.port;
  options.node.tell = [name = node.name](const std::string& line) { tell(name + ": " + line); };
  SCRUTINEER_TRY(node.server, NoticeServer::start(disk_, clock_, rng_, options));
  for (const Bytes& agreement : agreements_) node.server->node().take_in({{agreement}, {}}, Channel::stick);
  return {};
}

Status NoticeDemo::take_ports(std::uint16_t first) {
  for (Node& node : nodes_) {
    node.port = free_port_from(first);
    if (node.port == 0) return fail(ErrorCode::busy, "no port is free for the nodes of the notices");
    first = static_cast<std::uint16_t>(node.port + 1);
  }
  return {};
}

Result<std::unique_ptr<NoticeDemo>> NoticeDemo::start(Disk& disk, Rng& rng, const std::string& directory,
                                                      std::uint16_t first) {
  auto demo = std::unique_ptr<NoticeDemo>(new NoticeDemo(disk, rng, directory));
  SCRUTINEER_CHECKED(demo->make_nodes());
  SCRUTINEER_CHECKED(demo->make_keys());
  SCRUTINEER_CHECKED(write_file(disk, directory + "/notices/report.json", kReport, Durability::cached));
  SCRUTINEER_CHECKED(demo->start_witnesses());
  SCRUTINEER_CHECKED(demo->take_ports(first));
  std::string addresses;
  for (const WitnessAddress& witness : addresses_of(demo->witnesses_))
    addresses += to_string(witness.key) + " " + witness.url + "\n";
  for (const Node& node : demo->nodes_)
    SCRUTINEER_CHECKED(write_file(disk, demo->folder(node.name) + "/witnesses", addresses, Durability::cached));
  for (const NodePlan& plan : kNodes)
    if (plan.role == NodeRole::institution) SCRUTINEER_CHECKED(demo->agree(plan.name));
  SCRUTINEER_CHECKED(demo->let_tools_in());
  for (std::size_t i = 0; i < demo->nodes_.size(); ++i)
    if (kNodes[i].runs) SCRUTINEER_CHECKED(demo->run(demo->nodes_[i]));
  return demo;
}

void NoticeDemo::say_where() const {
  print("Notices:         " + url("service") +
        "/desk/  the service, which tells institutions that they are attacked\n");
  print("                 " + url("commission") + "/desk/  the commission, which is told\n");
  print("                 " + url("relay-1") + "/  a relay: public counts and clocks; " + url("oversight") +
        "/desk/  the oversight body\n");
  print("Keys for them:   " + directory_ + "/keys/notices/  (service-officer-1.key, commission-officer-1.key, ...)\n");
  tell(
      "  Send one from the service's page, or from a second terminal:\n"
      "    build/bin/scrutineer notice send --dir " +
      folder("service") + " --key " + key_file(directory_, "service", "officer-1") + " --all --report " + directory_ +
      "/notices/report.json\n"
      "  The ministry never looks and the province's mailbox is dead: within two minutes it escalates by itself.");
}

}  // namespace scrutineer::cli
