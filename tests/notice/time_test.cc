// What happens by itself as time goes by: escalation, silence, witnesses, copies, forks, restarts; and what is written
// down as evidence.
#include "app/notice/witnessed.h"
#include "core/notice/verdict.h"
#include "tests/notice/world.h"

namespace scrutineer::testing {
namespace {

void deadlines(Agreement& agreement) {
  agreement.deadlines = {{"machine-5s", NoticeStep::receipt, 5, EscalateTo::mail, {}, ""},
                         {"person-15m", NoticeStep::acknowledgement, 900, EscalateTo::deputy, {}, ""},
                         {"oversight-45m", NoticeStep::acknowledgement, 2'700, EscalateTo::oversight, {}, ""}};
  agreement.heartbeat = 10;
}

// A notifier, an institution, an oversight body, three relays, three witnesses.
struct TimedWorld : NoticeWorld {
  TimedWorld() {
    add("service", NodeRole::notifier);
    add("commission", NodeRole::institution);
    add("council", NodeRole::oversight);
    for (const char* relay : {"relay-1", "relay-2", "relay-3"}) add(relay, NodeRole::relay);
    add_witnesses(3);
    agreement = agree("commission", [&](Agreement& changed) {
      deadlines(changed);
      changed.oversight = party("council");
    });
  }
  void witness() {
    for (int i = 0; i < 30; ++i) {
      for (const std::string& name : names)
        if (at(name).node) at(name)->tick();
      ::usleep(5'000);
    }
  }
  std::vector<std::string> escalations(const std::string& name, const RecordId& notice) {
    return at(name)->read([&](const NoticeNode::View& view) {
      std::vector<std::string> codes;
      const NoticeVersion* version = view.book.version(notice);
      for (NoticeIndex index : version ? version->escalations : std::vector<NoticeIndex>())
        codes.push_back(std::get<Escalation>(view.book.records()[index].record.body).deadline);
      return codes;
    });
  }
  RecordId agreement;
};

}  // namespace

TEST_CASE("notice: one that is ignored escalates by itself, and silence is said only when witnesses show it") {
  TimedWorld world;
  world.down("commission");
  const RecordId notice = world.notify(world.agreement);
  world.witness();
  CHECK(world.held("service", notice) == 3);
  CHECK(world.escalations("service", notice).empty());
  world.clock.wrong_by += 6;
  world.at("service")->tick();
  CHECK(world.escalations("service", notice) == std::vector<std::string>{"machine-5s"});
  // By mail: the same envelope, and to whom.
  const std::string spool = world.at("service").directory + "/outbox/mail/" + to_hex(notice);
  Bytes to = read_file(world.disk, spool + ".to", 1'000).value();
  CHECK(to == "commission@example.org\n");
  Envelope by_mail = read_envelope(read_file(world.disk, spool + ".envelope", kEnvelopeBytes).value()).value();
  CHECK(by_mail.blobs.size() == 1);
  CHECK(world.count("service", notice, &NoticeVersion::silences) == 0);
  world.clock.wrong_by += 900;
  world.witness();
  world.clock.wrong_by += 2'000;
  world.witness();
  CHECK(world.escalations("service", notice) == std::vector<std::string>{"machine-5s", "person-15m", "oversight-45m"});
  world.clock.wrong_by += 60;
  world.witness();
  CHECK(world.count("service", notice, &NoticeVersion::silences) == 3);
  // The oversight body has the notice and its escalation; what it says stays sealed.
  CHECK(world.escalations("council", notice) == std::vector<std::string>{"oversight-45m"});
  CHECK_FALSE(world.at("council")->open_content(notice).has_value());
  CHECK(world.escalations("relay-1", notice).size() == 3);
  const std::uint64_t size = world.at("service")->log().size();
  world.witness();
  CHECK(world.at("service")->log().size() == size);  // each is said once

  // The mail arrives after all; from then on no deadline is open.
  world.start("commission");
  CHECK(world.at("commission")->take_in(by_mail, Channel::mail).said.size() == 1);
  world.acknowledge("commission", world.agreement, notice, "deputy-1");
  world.settle();
  CHECK(world.receipt("service", notice)->channel == Channel::mail);
  CHECK(world.count("service", notice, &NoticeVersion::acknowledgements) == 1);
}

TEST_CASE("notice: what is answered in time does not escalate, also over a restart") {
  TimedWorld world;
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  world.acknowledge("commission", world.agreement, notice);
  world.settle();
  world.down("service");
  world.clock.wrong_by += 10'000;
  world.start("service");
  world.witness();
  CHECK(world.escalations("service", notice).empty());
  CHECK(world.count("service", notice, &NoticeVersion::silences) == 0);
}

TEST_CASE("notice: deadlines that passed while the notifier was not running are escalated once, when it runs again") {
  TimedWorld world;
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  world.down("service");
  world.clock.wrong_by += 1'000;
  for (int i = 0; i < 2; ++i) {
    world.start("service");
    world.at("service")->tick();
    CHECK(world.escalations("service", notice) == std::vector<std::string>{"person-15m"});
    world.down("service");
  }
}

TEST_CASE("notice: a log that stands still is witnessed again and again") {
  TimedWorld world;
  world.witness();
  auto first = world.at("relay-1")->witnessed();
  CHECK(first.cosigned == 3);
  CHECK(first.known == 3);
  CHECK(first.size == world.at("relay-1")->log().size());
  world.clock.wrong_by += 30;
  world.witness();
  auto second = world.at("relay-1")->witnessed();
  CHECK(second.size == first.size);
  CHECK(second.time >= first.time + 30);
  // Of one size the first and the last are kept, however often it was witnessed.
  for (int i = 0; i < 5; ++i) {
    world.clock.wrong_by += 30;
    world.witness();
  }
  auto notes = framed_notes(world.at("relay-1")->witnessed_since(first.size));
  CHECK(notes.size() == 3);  // and the log's own
}

TEST_CASE("notice: a relay that was put back from an old copy and goes on otherwise is found out") {
  TimedWorld world;
  world.witness();
  TestNode& relay = world.at("relay-1");
  world.down("relay-1");
  const std::string copy = relay.directory + "-old";
  std::filesystem::copy(relay.directory, copy, std::filesystem::copy_options::recursive);
  world.start("relay-1");
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  CHECK(world.held("service", notice) == 3);
  world.down("relay-1");
  std::filesystem::remove_all(relay.directory);
  std::filesystem::rename(copy, relay.directory);
  world.start("relay-1");
  world.settle();  // it is smaller than it was
  const RecordId other = world.notify(world.agreement);
  for (int i = 0; i < 4; ++i) world.settle();
  bool told = false, forked = false;
  {
    std::lock_guard lock(world.told_mutex);
    for (const std::string& line : world.told)
      told |=
          line.find("relay-1") != line.npos && (line.find("forked") != line.npos || line.find("smaller") != line.npos);
  }
  for (const auto& standing : world.at("service")->copies()) forked |= standing.forks > 0;
  CHECK(told);
  CHECK(forked);
  (void)other;
}

TEST_CASE("notice: everything is there after a restart, and nothing is told twice") {
  TimedWorld world;
  const RecordId notice = world.notify(world.agreement);
  world.settle();
  world.acknowledge("commission", world.agreement, notice);
  world.settle();
  std::map<std::string, std::uint64_t> sizes;
  for (const std::string& name : world.names) sizes[name] = world.at(name)->log().size();
  for (const std::string& name : world.names) world.down(name);
  for (const std::string& name : world.names) world.start(name);
  world.witness();
  for (const std::string& name : world.names) {
    CAPTURE(name);
    CHECK(world.at(name)->log().size() == sizes[name]);
    for (const auto& standing : world.at(name)->destinations()) CHECK(standing.waiting == 0);
  }
  CHECK(world.receipts("service", notice) == 1);
  CHECK(world.at("commission")->open_content(notice).has_value());
}

TEST_CASE("notice: evidence from either side, read and judged by the verifier's code") {
  TimedWorld world;
  const RecordId notice = world.notify(world.agreement, {{"attribution", "\"APT-MARKER\""}});
  world.witness();
  world.acknowledge("commission", world.agreement, notice);
  world.witness();
  for (const char* party : {"service", "commission"}) {
    CAPTURE(party);
    const std::string directory = world.folder.path + "/evidence-" + party;
    NoticeNode::EvidenceRequest request;
    request.agreements = {world.agreement};
    request.open = {notice};
    request.disclose = {{notice, "attribution"}};
    Status written = world.at(party)->write_evidence(request, directory);
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : to_string(written.error())));
    CHECK_FALSE(world.at(party)->write_evidence(request, directory).has_value());  // never over something
    std::vector<Bytes> held;
    std::vector<std::string> paths;
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory))
      if (file.is_regular_file()) {
        paths.push_back(std::filesystem::relative(file.path(), directory).string());
        held.push_back(read_file(world.disk, file.path().string(), 1u << 30).value());
      }
    std::vector<EvidenceFile> files;
    for (std::size_t i = 0; i < held.size(); ++i) files.push_back({paths[i], held[i]});
    auto evidence = read_evidence(files);
    REQUIRE_MESSAGE(evidence.has_value(), (evidence ? "" : to_string(evidence.error())));
    EvidenceOptions options;
    options.agreements = {world.agreement};
    auto report = judge_evidence(*evidence, options);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : to_string(report.error())));
    CHECK(report->agreement_shown);
    REQUIRE(report->notices.size() == 1);
    CHECK(report->notices[0].verdict == NoticeVerdict::acknowledged);
    CHECK(report->notices[0].relays_holding >= report->notices[0].quorum);
    CHECK(report->notices[0].receipts.size() == 1);
    CHECK(report->findings.empty());
  }
}

TEST_CASE("notice: threads of its own deliver, poll, witness and escalate, and end") {
  UsualWorld world(3, true, 2);
  std::vector<RecordId> notices;
  for (int i = 0; i < 5; ++i) notices.push_back(world.notify(world.agreement));
  for (const RecordId& notice : notices) {
    CHECK(soon([&] { return world.receipts("service", notice) == 1 && world.held("service", notice) == 3; }));
    CHECK(soon([&] { return world.receipts("relay-3", notice) == 1; }));
  }
  CHECK(soon([&] { return world.at("service")->witnessed().cosigned == 2; }));
  CHECK(soon([&] {
    for (const auto& copy : world.at("service")->copies())
      if (copy.size == 0) return false;
    return true;
  }));
  // Down and up again while it goes on.
  world.down("commission");
  notices.push_back(world.notify(world.agreement));
  ::usleep(300'000);
  world.start("commission");
  CHECK(soon([&] { return world.receipts("service", notices.back()) == 1; }, 40));
}

}  // namespace scrutineer::testing
