// Two nodes with their pages, over real HTTP and on real files: who is let in, what they may do, and what they must not
// see. tests/flow/notices.mjs is the same with browsers.
#include <unistd.h>

#include <filesystem>

#include "app/disk/posix_disk.h"
#include "app/disk/system.h"
#include "app/server/notice_server.h"
#include "browser.h"
#include "core/notice/agreement_for_test.h"

namespace scrutineer::testing {
namespace {

constexpr const char* kMarker = "marker-7731";

struct Folder {
  Folder() {
    char name[] = "/tmp/notice-pages-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

struct TwoNodes {
  TwoNodes() {
    service = start("service", NodeRole::notifier);
    commission = start("commission", NodeRole::institution);
    Agreement terms;
    terms.title = {"협정", "Agreement"};
    terms.simulated = true;
    terms.notifier = party("service", *service);
    terms.institution = party("commission", *commission);
    terms.relays = {
        {{"none", "none"}, cast.actor("none.example/log").vkey, cast.actor("none/machine").vkey, "http://127.0.0.1:1"}};
    terms.received = CountsAsReceived::receipt;
    terms.witnesses = {cast.actor("nobody", KeyType::cosignature_ed25519).vkey};
    terms.deadlines = {{"person-15m", NoticeStep::acknowledgement, 900, EscalateTo::deputy, {}, ""}};
    const std::string text = notice_record_text({std::nullopt, std::nullopt, terms});
    agreement = record_id(text);
    for (NoticeServer* server : {service.get(), commission.get()}) {
      REQUIRE(server->node().accept(agreement));
      const auto said = server->node().say(cast.sign(text, {"service/head", "commission/head"}));
      REQUIRE_MESSAGE(said, to_string(said.error()));
    }
  }

  std::unique_ptr<NoticeServer> start(const std::string& name, NodeRole role) {
    NoticeServerOptions options;
    options.node.directory = folder.path + "/" + name;
    options.node.background = false;
    options.port = 0;
    options.behind_proxy = true;
    options.origins = {"https://" + name + ".example"};
    REQUIRE(make_node(disk, rng, options.node.directory, {role, name + ".example/notices", {name, name}}));
    auto server = NoticeServer::start(disk, clock, rng, options);
    REQUIRE_MESSAGE(server, to_string(server.error()));
    return std::move(*server);
  }

  AgreedParty party(const std::string& name, NoticeServer& server) {
    AgreedParty agreed = agreed_party(cast, name);
    agreed.log = server.node().log_key();
    agreed.machine = server.node().machine_key();
    agreed.boxes = server.node().boxes();
    std::string url = server.url();
    url.pop_back();
    agreed.addresses = {{Channel::https, url}};
    return agreed;
  }

  Person person(const std::string& role, const std::string& node) {
    NamedKey key =
        named_key(role, PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256("key of " + role).view())}).value();
    return Person(node == "service" ? service->port() : commission->port(), node + ".example", std::move(key));
  }
  Person in(const std::string& role) {
    Person somebody = person(role, role.substr(0, role.find('/')));
    REQUIRE(somebody.sign_in().status == 303);
    return somebody;
  }
  void settle() {
    for (int i = 0; i < 3; ++i) {
      service->node().tick();
      commission->node().tick();
    }
  }
  // The form that writes a notice, filled in.
  Fields notice_form(const Person& officer) {
    return {{"csrf", officer.csrf()},
            {"kind", "attack"},
            {"change", "first"},
            {"agreement", to_hex(agreement)},
            {"title", kMarker},
            {"attack", "phishing"},
            {"first", "2026-11-22 09:00"},
            {"attribution", "none"},
            {"tlp", "red"},
            {"language", "ko"},
            {"affected", std::string(kMarker) + "@x.example"}};
  }
  // Written and signed by an officer; its id.
  std::string notify(const Person& officer) {
    const Page preview = officer.follow(officer.post("/desk/compose", notice_form(officer)));
    const Fields form = preview.form("/desk/sign").value_or(Fields{});
    REQUIRE_FALSE(form.empty());
    Fields fields = form;
    officer.sign(fields);
    const Page done = officer.post("/desk/sign", fields);
    const std::string where = done.header("Location");
    REQUIRE(where.starts_with("/desk/notice?id="));
    settle();
    return where.substr(where.size() - 64);
  }
  std::uint64_t said() { return service->node().log().size() + commission->node().log().size(); }

  Folder folder;
  PosixDisk disk;
  SystemClock clock;
  SystemRng rng;
  Cast cast;
  std::unique_ptr<NoticeServer> service, commission;
  RecordId agreement;
};

TEST_CASE("who is let in: keys that an agreement names for this node's own party") {
  TwoNodes nodes;
  const struct {
    const char *key, *node;
    int status;
  } rows[] = {{"service/officer-1", "service", 303},    {"commission/officer-1", "commission", 303},
              {"service/head", "service", 303},         {"commission/officer-1", "service", 403},
              {"service/officer-1", "commission", 403}, {"nobody/officer-1", "service", 403},
              {"service/machine", "service", 403}};
  for (const auto& row : rows) {
    CAPTURE(row.key);
    CAPTURE(row.node);
    Person somebody = nodes.person(row.key, row.node);
    CHECK(somebody.sign_in().status == row.status);
  }
  // A stranger sees the public page, and of everything else the door.
  Person stranger = nodes.person("nobody/x", "service");
  CHECK(stranger.get("/").status == 200);
  CHECK(stranger.get("/public.json").status == 200);
  for (const char* place :
       {"", "compose", "board", "board.csv", "notice?id=00", "content?id=00", "keys", "sign?draft=1"})
    CHECK(stranger.get(std::string("/desk/") + place).header("Location") == "/desk/sign-in");
}

TEST_CASE("a node listens where DIR/listening says, and no longer when it has stopped") {
  TwoNodes nodes;
  const std::string path = nodes.folder.path + "/service/listening";
  CHECK(read_file(nodes.disk, path, 100).value() == nodes.service->url() + "\n");
  nodes.service.reset();
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("forged forms: whatever does not come from a page of this node changes nothing") {
  TwoNodes nodes;
  Person officer = nodes.in("service/officer-1");
  const std::uint64_t before = nodes.said();
  for (const char* place :
       {"compose", "send", "sign", "close", "call", "duty", "statements", "keys", "evidence", "discard"}) {
    CAPTURE(place);
    Fields fields = nodes.notice_form(officer);
    set(fields, "csrf", std::string(64, '0'));
    CHECK(officer.post(std::string("/desk/") + place, fields).status == 403);
    const std::string own = std::exchange(officer.origin, "https://evil.example");
    CHECK(officer.post(std::string("/desk/") + place, nodes.notice_form(officer)).status == 403);
    officer.origin.clear();
    CHECK(officer.post(std::string("/desk/") + place, nodes.notice_form(officer)).status == 403);
    officer.origin = own;
  }
  CHECK(nodes.said() == before);
}

TEST_CASE("what is signed is what this node drafted, by the person who is signed in, once") {
  TwoNodes nodes;
  const Person officer = nodes.in("service/officer-1"), deputy = nodes.in("service/deputy-1");
  const Page preview = officer.follow(officer.post("/desk/compose", nodes.notice_form(officer)));
  CHECK(preview.says(kMarker));
  CHECK(preview.says("TLP:RED"));
  CHECK(preview.header("Cache-Control") == "no-store");
  Fields fields = *preview.form("/desk/sign");
  const std::uint64_t before = nodes.said();

  // Another's signature over the right text; another text; a draft of another session.
  Fields other = fields;
  deputy.sign(other);
  CHECK(officer.follow(officer.post("/desk/sign", other)).says("unauthorised"));
  Fields changed = fields;
  find(changed, "text")->insert(find(changed, "text")->size() - 2, ",\"more\":1");
  officer.sign(changed);
  CHECK(officer.follow(officer.post("/desk/sign", changed)).says("bad_signature"));
  Fields stolen = fields;
  set(stolen, "csrf", deputy.csrf());
  deputy.sign(stolen);
  CHECK(deputy.follow(deputy.post("/desk/sign", stolen)).says("not_found"));
  CHECK_FALSE(deputy.get("/desk/sign?draft=" + *find(fields, "draft")).says(kMarker));
  CHECK_FALSE(deputy.get("/desk/compose?draft=" + *find(fields, "draft")).says(kMarker));
  CHECK(nodes.said() == before);

  officer.sign(fields);
  CHECK(officer.post("/desk/sign", fields).header("Location").starts_with("/desk/notice?id="));
  CHECK(nodes.said() == before + 1);
  CHECK(officer.follow(officer.post("/desk/sign", fields)).says("not_found"));
  CHECK(nodes.said() == before + 1);
}

TEST_CASE("contents are for officers, deputies and the duty telephone of the two parties") {
  TwoNodes nodes;
  const std::string id = nodes.notify(nodes.in("service/officer-1"));
  const struct {
    const char* person;
    bool reads;
  } rows[] = {{"commission/officer-1", true}, {"commission/deputy-1", true}, {"commission/telephone", true},
              {"commission/head", false},     {"service/officer-1", true},   {"service/head", false}};
  for (const auto& row : rows) {
    CAPTURE(row.person);
    const Person somebody = nodes.in(row.person);
    const Page content = somebody.get("/desk/content?id=" + id), csv = somebody.get("/desk/indicators.csv?id=" + id),
               file = somebody.get("/desk/file?n=0&id=" + id);
    CHECK(content.status == (row.reads ? 200 : 403));
    CHECK(csv.status == (row.reads ? 200 : 403));
    CHECK(file.status == (row.reads ? 200 : 403));
    CHECK(content.says(kMarker) == row.reads);
    CHECK(file.says(kMarker) == row.reads);
    CHECK(content.header("Cache-Control") == "no-store");
    // Everybody of the party sees that it is there, and how far it is.
    CHECK(somebody.get("/desk/notice?id=" + id).status == 200);
    CHECK(somebody.get("/desk/content?id=" + std::string(64, '0')).status == 404);
    CHECK(somebody.get("/desk/content?id=%27").status == 404);
  }
}

TEST_CASE("acknowledged, answered and refused by those who may; each page knows what is left to do") {
  TwoNodes nodes;
  const Person officer = nodes.in("service/officer-1");
  const std::string id = nodes.notify(officer), about = "?id=" + id;
  const Person reader = nodes.in("commission/officer-1"), head = nodes.in("commission/head");
  CHECK(head.get("/desk/answer" + about).status == 403);
  CHECK(head.get("/desk/refuse" + about).status == 403);
  CHECK(officer.get("/desk/answer" + about).status == 404);  // a notifier answers nothing

  const Page content = reader.get("/desk/content" + about);
  const Page done = reader.sign_form(content, "/desk/sign");
  CHECK(done.says("읽었음을 확인했습니다"));
  CHECK_FALSE(reader.get("/desk/content" + about).form("/desk/sign"));
  CHECK(nodes.in("commission/deputy-1").get("/desk/content" + about).form("/desk/sign"));

  Fields refusal = {{"csrf", reader.csrf()}, {"id", id}, {"code", "disputed"}, {"reason", "not ours"}};
  const Page refused = reader.sign_form(reader.follow(reader.post("/desk/refuse", refusal)), "/desk/sign");
  CHECK(refused.says("not ours"));
  CHECK(reader.get("/desk/refuse" + about).status == 403);  // once
  refusal = {{"csrf", head.csrf()}, {"id", id}, {"code", "disputed"}};
  CHECK(head.post("/desk/refuse", refusal).status == 403);

  Fields answer = {{"csrf", reader.csrf()}, {"id", id}, {"stage", "full"}, {"outcome", "found"}, {"results", kMarker}};
  const Page answered = reader.sign_form(reader.follow(reader.post("/desk/answer", answer)), "/desk/sign");
  CHECK(answered.says("답변을 보냈습니다"));
  nodes.settle();
  CHECK(officer.get("/desk/notice" + about).says("답변 열기"));
  set(answer, "outcome", "splendid");
  CHECK(reader.post("/desk/answer", answer).says("malformed"));

  Fields close = {{"csrf", officer.csrf()}, {"id", id}, {"outcome", "answered"}};
  CHECK(officer.sign_form(officer.follow(officer.post("/desk/close", close)), "/desk/sign").says("종결했습니다"));
  nodes.settle();
  CHECK(reader.get("/desk/answer" + about).status == 403);  // it is over
}

TEST_CASE("later versions: an update begins with what was said, and takes its place; a withdrawal ends it") {
  TwoNodes nodes;
  const Person officer = nodes.in("service/officer-1");
  const std::string id = nodes.notify(officer);
  const Page form = officer.get("/desk/compose?change=attribution&id=" + id);
  CHECK(form.says(kMarker));
  Fields fields = nodes.notice_form(officer);
  for (auto [name, value] :
       {std::pair("change", "attribution"), {"replaces", id.c_str()}, {"attribution", "stated"}, {"actor", "Group"}})
    set(fields, name, value);
  const Page done = officer.sign_form(officer.follow(officer.post("/desk/compose", fields)), "/desk/sign");
  CHECK(done.says("배후를 덧붙임"));
  // The first version is replaced: nothing can replace it twice from here.
  CHECK(officer.post("/desk/compose", fields).says("unauthorised"));
  CHECK_FALSE(officer.get("/desk/notice?id=" + id).says("/desk/compose?change"));
  nodes.settle();
  const Page list = nodes.in("commission/officer-1").get("/desk/");
  CHECK(list.says("배후를 덧붙임"));
  CHECK_FALSE(list.says("id=" + id));
}

TEST_CASE("rotas and keys are signed by representatives, statements by anybody of the party") {
  TwoNodes nodes;
  const Person head = nodes.in("commission/head"), officer = nodes.in("commission/officer-1");
  const auto rota = [&](const Person& who) {
    return Fields{{"csrf", who.csrf()},
                  {"agreement", to_hex(nodes.agreement)},
                  {"from", "2030-01-01 00:00"},
                  {"until", "2030-01-02 00:00"},
                  {"officer", "commission/officer-1"}};
  };
  CHECK(officer.follow(officer.post("/desk/duty", rota(officer))).says("unauthorised"));
  CHECK(head.sign_form(head.follow(head.post("/desk/duty", rota(head))), "/desk/sign").says("2030-01-01"));
  Fields keys = {{"csrf", officer.csrf()},
                 {"agreement", to_hex(nodes.agreement)},
                 {"part", "person"},
                 {"reason", "gone"},
                 {"remove", to_string(nodes.cast.actor("commission/deputy-1").vkey)}};
  CHECK(officer.follow(officer.post("/desk/keys", keys)).says("unauthorised"));
  const Person deputy = nodes.in("commission/deputy-1");
  set(keys, "csrf", head.csrf());
  CHECK(head.sign_form(head.follow(head.post("/desk/keys", keys)), "/desk/sign").says("키를 바꾸었습니다"));
  // Whoever's key was removed is shown the door.
  CHECK(deputy.get("/desk/").status == 403);
  Person again = nodes.person("commission/deputy-1", "commission");
  CHECK(again.sign_in().status == 403);

  Fields words = {
      {"csrf", officer.csrf()}, {"agreement", to_hex(nodes.agreement)}, {"claim", "all-blocked"}, {"words", "<b>all"}};
  const Page said = officer.sign_form(officer.follow(officer.post("/desk/statements", words)), "/desk/sign");
  CHECK(said.says("모든 공격을 막았다"));
  CHECK(said.says("&lt;b&gt;all"));
}

TEST_CASE("no page but those that open contents shows a word of them, nor does any address or header") {
  TwoNodes nodes;
  const Person officer = nodes.in("service/officer-1"), reader = nodes.in("commission/officer-1");
  const std::string id = nodes.notify(officer), about = "?id=" + id;
  for (const Person* who : {&officer, &reader})
    for (const std::string& place :
         std::vector<std::string>{"/", "/public.json", "/desk/", "/desk/notice" + about, "/desk/call" + about,
                                  "/desk/duty", "/desk/statements", "/desk/keys", "/desk/board", "/desk/board.csv",
                                  "/desk/board.pdf", "/desk/refuse" + about, "/desk/answer" + about,
                                  "/desk/file?n=99&id=" + id, "/desk/nothing", "/notice/v1/node"}) {
      CAPTURE(place);
      const Page page = who->get(place);
      CHECK_FALSE(page.says(kMarker));
      CHECK_FALSE(page.says("\"" + std::string(kMarker)));
    }
  for (const char* place : {"/desk/content", "/desk/indicators.csv"})
    CHECK(reader.get(std::string(place) + about).head.find(kMarker) == std::string::npos);
  Fields wrong = nodes.notice_form(officer);
  set(wrong, "indicators", kMarker);
  const Page again = officer.post("/desk/compose", wrong);  // the form itself, given back
  CHECK(again.status == 200);
  CHECK(again.head.find(kMarker) == std::string::npos);
}

TEST_CASE("whatever is typed into a form or an address is answered: with a page, a reason, or the way to one") {
  TwoNodes nodes;
  const std::string hostile[] = {"",
                                 "\xff\xfe",
                                 std::string(70'000, 'a'),
                                 "<script>",
                                 "' OR 1=1",
                                 std::string(64, 'f'),
                                 "-1",
                                 "99999999999999999999",
                                 "all",
                                 std::string("a\0b", 3),
                                 "|||||\n|\n||"};
  for (const char* key : {"service/officer-1", "service/head", "commission/officer-1", "commission/head"}) {
    const std::string id = to_hex(nodes.agreement);
    const std::uint64_t before = nodes.said();
    std::size_t number = 0;
    for (const char* place : {"compose", "send", "sign", "close", "call", "duty", "statements", "keys", "evidence",
                              "discard", "answer", "refuse", "nothing"}) {
      const Person somebody = nodes.in(key);  // of its own, so that nothing is turned away for being too quick
      const std::string csrf = somebody.csrf();
      for (const std::string& value : hostile) {
        CAPTURE(place);
        Fields fields = {{"csrf", csrf}};
        for (const char* name :
             {"id",         "agreement", "draft",        "kind",    "change", "replaces", "title",  "first",
              "indicators", "told",      "observations", "outcome", "stage",  "code",     "reason", "shown",
              "heard",      "from",      "until",        "officer", "claim",  "notice",   "time",   "part",
              "add",        "remove",    "text",         "signer",  "key_id", "signature"})
          fields.emplace_back(name, ++number % 3 == 0 ? id : value);
        const int posted = somebody.post(std::string("/desk/") + place, fields).status;
        CHECK(posted != 429);
        CHECK((posted == 200 || posted == 303 || (posted >= 400 && posted < 500)));
        const int got = somebody
                            .get(std::string("/desk/") + place + "?id=" + url_encoded(value) +
                                 "&draft=" + url_encoded(value.substr(0, 99)) +
                                 "&sort=" + url_encoded(value.substr(0, 99)) + "&n=" + url_encoded(value.substr(0, 99)))
                            .status;
        CHECK(got != 429);
        CHECK((got == 200 || got == 303 || (got >= 400 && got < 500)));
      }
    }
    CHECK(nodes.said() == before);
  }
}

TEST_CASE("evidence to take away: sealed unless somebody who may read asks for more") {
  TwoNodes nodes;
  const Person officer = nodes.in("service/officer-1"), head = nodes.in("service/head");
  const std::string id = nodes.notify(officer);
  const Page sealed = officer.post("/desk/evidence", {{"csrf", officer.csrf()}, {"id", id}});
  CHECK(sealed.status == 200);
  CHECK(sealed.header("Content-Type") == "application/zstd");
  CHECK(head.post("/desk/evidence", {{"csrf", head.csrf()}, {"id", id}}).status == 200);
  CHECK(head.post("/desk/evidence", {{"csrf", head.csrf()}, {"id", id}, {"open", "1"}}).status == 403);
  const Page open = officer.post("/desk/evidence", {{"csrf", officer.csrf()}, {"id", id}, {"open", "1"}});
  CHECK(open.status == 200);
  CHECK(open.body.size() > sealed.body.size());
  for (const auto& entry : std::filesystem::directory_iterator(nodes.folder.path + "/service"))
    CHECK_FALSE(entry.path().filename().string().starts_with("evidence-"));
}

}  // namespace
}  // namespace scrutineer::testing
