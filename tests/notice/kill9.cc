// A notifier and an institution, each a process of its own with a real disk and real connections, killed with -9 at
// random moments, now the one, now the other; then both run to the end. Everything that the notifier acknowledged must
// be there, and every notice must have exactly one receipt, in both logs.
//
//   notice_kill9 [ROUNDS]        20 by default, 200 with SCRUTINEER_FULL=1
//   notice_kill9 --host DIR PORT FD NOTICES          what is forked: one node (FD: where acknowledgements go)
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/http/server.h"
#include "app/notice/node.h"
#include "app/notice/routes.h"
#include "core/notice/agreement_for_test.h"

namespace scrutineer {
namespace {

using testing::Cast;

constexpr std::size_t kNoticesInARound = 40;  // more than it comes to
constexpr int kToTheEnd = 60;                 // seconds

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "kill9: %s\n", what.c_str());
  std::exit(1);
}
template <class T>
T must(Result<T> result, const char* what) {
  if (!result) give_up(std::string(what) + ": " + to_string(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// One node until it is killed. With `notices` it sends so many, and writes the id of each that it acknowledged.
[[noreturn]] void host(const std::string& directory, std::uint16_t port, int acknowledgements, std::size_t notices) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody is left behind where the test itself ends early
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  NodeOptions options;
  options.directory = directory;
  options.poll = std::chrono::milliseconds(100);
  auto node = must(NoticeNode::open(disk, clock, rng, options), "open");
  http::ServerOptions server_options;
  server_options.port = port;
  server_options.threads = 4;
  server_options.body_limit = notice_body_limit;
  auto server = must(
      http::Server::start(server_options, [&](const http::Request& request) { return answer_notice(*node, request); }),
      "serve");
  const RecordId agreement = node->read([](const NoticeNode::View& view) {
    auto all = view.book.agreements();
    return all.empty() ? RecordId{} : all.front()->id;
  });
  for (std::size_t i = 0; i < notices; ++i) {
    const std::vector<PayloadField> fields{{"title", "\"killed\""}};
    auto sent = node->notify_many({&agreement, 1}, NoticeKind::attack, fields, {});
    const TakenIn taken = must(std::move(sent[0]), "notify");
    if (::write(acknowledgements, taken.record.hash.bytes.data(), 32) != 32) give_up("pipe");
  }
  for (;;) ::pause();
}

class Rounds {
 public:
  Rounds(const char* program, const std::string& directory) : program_(program), directory_(directory) {
    for (Side* side : {&notifier_, &institution_}) {
      side->directory = directory + "/" + side->name;
      side->port = free_port();
      must(make_node(disk_, rng_, side->directory,
                     {side == &notifier_ ? NodeRole::notifier : NodeRole::institution,
                      std::string(side->name) + ".example/notices",
                      {side->name, side->name}}),
           "make");
    }
    agree();
  }

  void run(std::size_t rounds) {
    std::mt19937_64 random(20210419);
    for (std::size_t round = 0; round < rounds; ++round) {
      if (notifier_.pid == 0) start(notifier_, kNoticesInARound);
      if (institution_.pid == 0) start(institution_, 0);
      ::usleep(static_cast<useconds_t>(random() % 250'000));
      const unsigned whom = static_cast<unsigned>(random() % 3);  // the one, the other, both
      if (whom != 1) kill(notifier_);
      if (whom != 0) kill(institution_);
    }
    finish();
  }

 private:
  struct Side {
    const char* name;
    std::string directory{};
    std::uint16_t port = 0;
    pid_t pid = 0;
    int pipe = -1;
  };

  std::uint16_t free_port() {
    http::ServerOptions options;
    options.port = 0;
    return must(http::Server::start(options, [](const http::Request&) { return http::Answer(); }), "port")->port();
  }

  AgreedParty party(const Side& side, NoticeNode& node) {
    AgreedParty party = testing::agreed_party(cast_, side.name);
    party.log = node.log_key();
    party.machine = node.machine_key();
    party.boxes = node.boxes();
    party.addresses = {{Channel::https, "http://127.0.0.1:" + std::to_string(side.port)}};
    return party;
  }

  void agree() {
    auto one = open(notifier_), other = open(institution_);
    Agreement terms = testing::agreement_for_test(cast_);
    terms.oversight.reset();
    terms.notifier = party(notifier_, *one);
    terms.institution = party(institution_, *other);
    terms.relays.resize(1);
    terms.quorum = 1;
    terms.received = CountsAsReceived::receipt;
    terms.deadlines.clear();
    const std::string text = notice_record_text({std::nullopt, std::nullopt, terms});
    agreement_ = record_id(text);
    must(one->accept(agreement_), "accept");
    must(other->accept(agreement_), "accept");
    must(one->say(cast_.sign(text, {"service/head", "commission/head"})), "agree");
  }
  std::unique_ptr<NoticeNode> open(const Side& side) {
    NodeOptions options;
    options.directory = side.directory;
    options.background = false;
    return must(NoticeNode::open(disk_, clock_, rng_, options), side.name);
  }

  void start(Side& side, std::size_t notices) {
    int ends[2];
    if (::pipe2(ends, 0) != 0) give_up("pipe");
    side.pid = ::fork();
    if (side.pid < 0) give_up("fork");
    if (side.pid == 0) {
      ::close(ends[0]);
      const std::string port = std::to_string(side.port), out = std::to_string(ends[1]),
                        count = std::to_string(notices);
      ::execl(program_, program_, "--host", side.directory.c_str(), port.c_str(), out.c_str(), count.c_str(), nullptr);
      std::_Exit(127);
    }
    ::close(ends[1]);
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    side.pipe = ends[0];
  }

  void kill(Side& side) {
    ::kill(side.pid, SIGKILL);
    int status = 0;
    ::waitpid(side.pid, &status, 0);
    if (WIFEXITED(status)) give_up(std::string(side.name) + " ended by itself, process " + std::to_string(side.pid));
    side.pid = 0;
    RecordId id;
    while (::read(side.pipe, id.hash.bytes.data(), 32) == 32) acknowledged_.insert(id);
    ::close(side.pipe);
  }

  // The receipts of each notice in that node's own log, entry by entry.
  std::map<RecordId, std::set<RecordId>> receipts(const NoticeNode& node, std::set<RecordId>& notices) {
    std::map<RecordId, std::set<RecordId>> receipts;
    must(node.log().entries(0, node.log().size(),
                            [&](std::uint64_t, BytesView entry) {
                              ParsedNotice parsed = must(parse_notice_entry(entry), "entry");
                              if (parsed.record.type() == NoticeType::notice) notices.insert(parsed.id);
                              if (auto* receipt = std::get_if<Receipt>(&parsed.record.body)) {
                                if (!receipts[receipt->notice].insert(parsed.id).second)
                                  give_up("a receipt stands twice in a log");
                                if (receipt->trouble != ReceiptTrouble::none) give_up("a notice could not be opened");
                              }
                              return Status{};
                            }),
         "log");
    return receipts;
  }

  void finish() {
    if (notifier_.pid == 0) start(notifier_, 0);
    if (institution_.pid == 0) start(institution_, 0);
    bool done = false;
    for (int second = 0; second < kToTheEnd && !done; ++second) {
      ::sleep(1);
      LogReader& there = reader(notifier_);
      must(there.refresh(), "refresh");
      std::set<RecordId> sent, opened;
      must(there.entries(0, there.size(),
                         [&](std::uint64_t, BytesView entry) {
                           ParsedNotice parsed = must(parse_notice_entry(entry), "entry");
                           if (parsed.record.type() == NoticeType::notice) sent.insert(parsed.id);
                           if (auto* receipt = std::get_if<Receipt>(&parsed.record.body))
                             opened.insert(receipt->notice);
                           return Status{};
                         }),
           "read");
      done = sent == opened && !sent.empty();
    }
    kill(notifier_);
    kill(institution_);
    auto one = open(notifier_), other = open(institution_);
    std::set<RecordId> sent, arrived;
    auto at_notifier = receipts(*one, sent), at_institution = receipts(*other, arrived);
    for (const RecordId& id : acknowledged_)
      if (!sent.contains(id)) give_up("an acknowledged notice is lost: " + to_hex(id));
    if (sent != arrived) give_up("not every notice has arrived");
    for (const RecordId& id : sent)
      if (at_notifier[id].size() != 1 || at_institution[id] != at_notifier[id])
        give_up("a notice has not exactly one receipt: " + to_hex(id));
    std::printf("kill9: %zu notices, %zu acknowledged before a kill, one receipt each\n", sent.size(),
                acknowledged_.size());
  }
  LogReader& reader(const Side& side) {
    if (!reader_) reader_ = must(LogReader::open(disk_, side.directory + "/log"), "reader");
    return *reader_;
  }

  const char* program_;
  const std::string directory_;
  PosixDisk disk_;
  SystemClock clock_;
  SystemRng rng_;
  Cast cast_;
  RecordId agreement_;
  Side notifier_{"service"}, institution_{"commission"};
  std::set<RecordId> acknowledged_;
  std::unique_ptr<LogReader> reader_;
};

int run(int argc, char** argv) {
  if (argc == 6 && std::string(argv[1]) == "--host")
    host(argv[2], static_cast<std::uint16_t>(std::atoi(argv[3])), std::atoi(argv[4]),
         static_cast<std::size_t>(std::atoi(argv[5])));
  const bool full = std::getenv("SCRUTINEER_FULL") != nullptr;
  const std::size_t rounds = argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : full ? 200 : 20;
  char name[] = "/tmp/notice-kill9-XXXXXX";
  if (::mkdtemp(name) == nullptr) give_up("no folder");
  Rounds(argv[0], name).run(rounds);
  std::filesystem::remove_all(name);
  return 0;
}

}  // namespace
}  // namespace scrutineer

int main(int argc, char** argv) {
  return scrutineer::run(argc, argv);
}
