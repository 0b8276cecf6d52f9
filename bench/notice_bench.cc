// Notices from one notifier to institutions over HTTP on this machine, every node with its log and its files in a
// folder of its own: how long one notice takes to its receipt, and 1,000 notices to 61 institutions. Everything is
// sealed, signed, verified, opened and durable on both sides. Without relays: they have the same work as an institution
// less the opening, on machines of their own. Copies of others' logs are not made meanwhile (the same reason).
//
//   notice_bench [--directory DIR] [--notices N] [--institutions N]      default /tmp, 1000, 61
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/server.h"
#include "app/notice/node.h"
#include "app/notice/routes.h"
#include "bench/measure.h"
#include "core/notice/agreement_for_test.h"

namespace scrutineer::bench {
namespace {

constexpr std::size_t kSingles = 200;
constexpr double kReceiptTarget = 100, kManyTarget = 60;  // milliseconds; seconds
constexpr std::size_t kThreads = 2;                       // that write notices

struct Options {
  std::string directory = "/tmp";
  std::size_t notices = 1'000, institutions = 61;
};

struct Place {
  std::unique_ptr<NoticeNode> node;
  std::unique_ptr<http::Server> server;
};

class World {
 public:
  World(const std::string& directory, std::size_t institutions) : directory_(directory) {
    notifier_ = open("service", NodeRole::notifier);
    for (std::size_t i = 0; i < institutions; ++i) {
      institutions_.push_back(open("institution-" + std::to_string(i), NodeRole::institution));
      agreements_.push_back(agree(i));
    }
  }
  NoticeNode& notifier() { return *notifier_.node; }
  const std::vector<RecordId>& agreements() const { return agreements_; }

  std::size_t receipts() {
    return notifier().read([](const NoticeNode::View& view) {
      std::size_t count = 0;
      for (const BookedNotice& record : view.book.records()) count += record.record.type() == NoticeType::receipt;
      return count;
    });
  }
  // Of these notices at each institution.
  std::size_t receipts_at_institutions() {
    std::size_t count = 0;
    for (Place& place : institutions_)
      count += place.node->read([](const NoticeNode::View& view) {
        std::size_t receipts = 0;
        for (const BookedNotice& record : view.book.records()) receipts += record.record.type() == NoticeType::receipt;
        return receipts;
      });
    return count;
  }

 private:
  Place open(const std::string& name, NodeRole role) {
    const std::string directory = directory_ + "/" + name;
    must(make_node(disk_, rng_, directory, {role, name + ".example/notices", {name, name}}));
    NodeOptions options;
    options.directory = directory;
    options.poll = std::chrono::hours(1);
    Place place;
    place.node = must(NoticeNode::open(disk_, clock_, rng_, options));
    http::ServerOptions server;
    server.port = 0;
    server.threads = 2;
    server.body_limit = notice_body_limit;
    place.server = must(http::Server::start(
        server, [node = place.node.get()](const http::Request& request) { return answer_notice(*node, request); }));
    return place;
  }
  AgreedParty party(const std::string& name, const Place& place) {
    AgreedParty party = testing::agreed_party(cast_, name);
    party.log = place.node->log_key();
    party.machine = place.node->machine_key();
    party.boxes = place.node->boxes();
    party.addresses = {{Channel::https, "http://127.0.0.1:" + std::to_string(place.server->port())}};
    return party;
  }
  RecordId agree(std::size_t i) {
    const std::string name = "institution-" + std::to_string(i);
    Agreement terms;
    terms.title = {"측정", "Measured"};
    terms.simulated = true;
    terms.notifier = party("service", notifier_);
    terms.institution = party(name, institutions_[i]);
    terms.relays = {{{"r", "r"}, cast_.actor("relay.example/log").vkey, cast_.actor("relay").vkey, ""}};
    terms.relays[0].url = "http://127.0.0.1:1";
    terms.witnesses = {cast_.actor("witness", KeyType::cosignature_ed25519).vkey};
    terms.received = CountsAsReceived::receipt;
    const std::string text = notice_record_text({std::nullopt, std::nullopt, terms});
    const RecordId id = record_id(text);
    must(notifier().accept(id));
    must(institutions_[i].node->accept(id));
    must(notifier().say(cast_.sign(text, {"service/head", name + "/head"})));
    return id;
  }

  std::string directory_;
  PosixDisk disk_;
  SystemClock clock_;
  SystemRng rng_;
  testing::Cast cast_;
  Place notifier_;
  std::vector<Place> institutions_;
  std::vector<RecordId> agreements_;
};

std::vector<PayloadField> fields() {
  return {{"title", "\"A mailbox was read from outside\""},
          {"when", "\"2021-04-19T17:44:00+09:00\""},
          {"attribution", "{\"actor\":\"a state service\",\"confidence\":80}"},
          {"hosts", "[\"mail.example\",\"192.0.2.1\"]"}};
}

std::vector<PayloadFile> files() {
  return {{"stix.json", "application/json", Bytes(1'500, ' ')}};
}

std::vector<double> singles(World& world) {
  std::vector<double> waited;
  for (std::size_t i = 0; i < kSingles; ++i) {
    const RecordId agreement = world.agreements().front();
    const double begin = seconds_now();
    auto sent = world.notifier().notify_many({&agreement, 1}, NoticeKind::attack, fields(), files());
    const RecordId notice = must(std::move(sent[0])).record;
    for (;;) {
      const std::uint64_t seen = world.notifier().log().size();
      const bool there = world.notifier().read([&](const NoticeNode::View& view) {
        const NoticeVersion* version = view.book.version(notice);
        return version != nullptr && !version->receipts.empty();
      });
      if (there) break;
      world.notifier().wait_for_change(seen, std::chrono::milliseconds(5));
      if (seconds_now() - begin > 30) must(Status(fail(ErrorCode::io_error, "no receipt within 30 seconds")));
    }
    waited.push_back((seconds_now() - begin) * 1e3);
  }
  std::sort(waited.begin(), waited.end());
  return waited;
}

double many(World& world, const Options& options) {
  const std::size_t before = world.receipts(), all = options.notices * world.agreements().size();
  const double begin = seconds_now();
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> writers;
  for (std::size_t i = 0; i < kThreads; ++i)
    writers.emplace_back([&] {
      while (next++ < options.notices)
        for (auto& sent : world.notifier().notify_many(world.agreements(), NoticeKind::warning, fields(), files()))
          must(std::move(sent));
    });
  writers.clear();
  const double sent = seconds_now() - begin;
  std::printf("  sent after %.1f s, receipts so far: %zu\n", sent, world.receipts() - before);
  while (world.receipts() - before < all) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (seconds_now() - begin > 600) must(Status(fail(ErrorCode::io_error, "not all receipts came in ten minutes")));
  }
  return seconds_now() - begin;
}

int run(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--directory") == 0) options.directory = argv[i + 1];
    if (std::strcmp(argv[i], "--notices") == 0) options.notices = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--institutions") == 0) options.institutions = std::strtoull(argv[i + 1], nullptr, 10);
  }
  std::string directory = options.directory + "/notice-bench-XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) return 2;
  Table table("notice_bench: notices over HTTP on loopback, everything durable");
  {
    World world(directory, options.institutions);
    std::vector<double> waited = singles(world);
    table.note("machine receipt, one notice at a time: median", waited[waited.size() / 2], "ms");
    table.at_most("machine receipt, one notice at a time: worst of 200", waited.back(), kReceiptTarget, "ms");
    const double seconds = many(world, options);
    table.at_most("1,000 notices to each of 61 institutions, receipts back", seconds, kManyTarget, "s");
    table.note("notices a second", static_cast<double>(options.notices * options.institutions) / seconds, "/s");
    table.note("receipts in the institutions' books", static_cast<double>(world.receipts_at_institutions()), "");
  }
  std::filesystem::remove_all(directory);
  return table.exit_code();
}

}  // namespace
}  // namespace scrutineer::bench

int main(int argc, char** argv) {
  return scrutineer::bench::run(argc, argv);
}
