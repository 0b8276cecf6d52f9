#include "app/agent/agent.h"

#include <doctest/doctest.h>

#include "app/agent/describe.h"
#include "core/codec/json.h"
#include "core/session/by_hand_for_test.h"
#include "core/session/challenge.h"

using namespace scrutineer;
using namespace scrutineer::agent;
using namespace scrutineer::testing;

namespace {

const std::string kSheet = "scrutineer/count-sheet/1\n{\"election\":\"" + std::string(64, 'e') +
                           "\",\"unit\":\"a1\",\"contest\":\"mayor\",\"how\":\"by-hand\",\"ballots_cast\":1234,"
                           "\"votes\":{\"A\":1000,\"B\":234}}\n";

class Listener final : public Console {
 public:
  void show(const std::vector<std::string>& lines) override {
    for (const std::string& line : lines) shown += line + "\n";
  }
  SecretBytes ask_secret(const std::string&) override { return SecretBytes::copy_of(typed); }
  bool confirm(const std::string&) override { return typed == "y"; }
  std::string shown, typed;
};

// A person with a key file, a page at https://count.example, an agent at port 47110.
struct Desk {
  explicit Desk(const std::string& passphrase = {}, bool ask = false, bool unasked = false)
      : key(hold(passphrase, rng)), agent({page, ask, unasked}, *key, console, clock) {
    agent.serve_at(47110);
  }
  static std::unique_ptr<KeyHolder> hold(const std::string& passphrase, Rng& rng) {
    NamedKey made = new_named_key("jongno/member-3", KeyType::ed25519, rng).value();
    auto text = write_key_file(made, passphrase.empty() ? std::nullopt : std::optional<BytesView>(passphrase), rng,
                               kPasswordCostMin);
    return hold_key_file(parse_key_file(*text).value()).value();
  }
  http::Request request(const std::string& method, const std::string& path, const std::string& body = {}) const {
    http::Request out;
    out.method = method, out.path = path, out.body = body;
    out.headers = {{"host", "127.0.0.1:47110"}, {"origin", page.text()}, {"content-type", "application/json"}};
    return out;
  }
  std::string sign(const std::string& text, const std::string& pin = {}) {
    JsonWriter body;
    body.begin_object().member("text", text);
    if (!pin.empty()) body.member("pin", pin);
    return outcome(agent.answer(request("POST", "/v1/sign", body.end_object().take())), text);
  }
  // "good", where the answer's signature verifies; else its code.
  std::string outcome(const http::Answer& answer, const std::string& text) const {
    if (answer.status == 204) return "preflight";
    auto json = Json::parse(answer.body);
    if (!json) return "no JSON";
    if (answer.status != 200) return std::string(*json->root().find("code")->as_string());
    if (auto vkey = json->root().find("vkey"))
      return *vkey->as_string() == to_string(key->vkey()) ? "key" : "another key";
    auto part = [&](const char* name) { return std::string(*json->root().find(name)->as_string()); };
    NoteSignature signature{part("name"), key->vkey().id, *from_base64(part("signature"))};
    bool same = part("key_id") == to_hex({reinterpret_cast<const char*>(signature.id.data()), 4});
    return same && verify_note_signature(text, signature, key->vkey()) ? "good" : "bad signature";
  }
  std::string challenge(const std::string& server) {
    return challenge_text(make_challenge(parse_origin(server).value(), rng, clock.now()), key->vkey());
  }

  CountingRng rng;
  HandClock clock;
  Origin page = parse_origin("https://count.example").value();
  Listener console;
  std::unique_ptr<KeyHolder> key;
  Agent agent;
};

}  // namespace

TEST_CASE("agent: who may ask") {
  Desk desk({}, false, true);
  struct Row {
    const char* what;
    std::vector<http::Field> headers;
    std::string expected;
  };
  const http::Field host{"host", "127.0.0.1:47110"}, origin{"origin", "https://count.example"};
  const Row rows[] = {
      {"the page", {host, origin}, "key"},
      {"under the other name of this computer", {{"host", "localhost:47110"}, origin}, "key"},
      {"another page", {host, {"origin", "https://evil.example"}}, "other-origin"},
      {"the page without TLS", {host, {"origin", "http://count.example"}}, "other-origin"},
      {"the page at another port", {host, {"origin", "https://count.example:8443"}}, "other-origin"},
      {"a page whose name ends like it", {host, {"origin", "https://count.example.evil.example"}}, "other-origin"},
      {"a sandboxed page", {host, {"origin", "null"}}, "other-origin"},
      {"no page at all", {host}, "other-origin"},
      {"a name that was made to point here", {{"host", "evil.example:47110"}, origin}, "other-host"},
      {"this computer, another port", {{"host", "127.0.0.1:80"}, origin}, "other-host"},
      {"this computer, no port", {{"host", "127.0.0.1"}, origin}, "other-host"},
      {"no host", {origin}, "other-host"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    for (const char* method : {"GET", "OPTIONS"}) {
      http::Request request = desk.request(method, "/v1/key");
      request.headers = row.headers;
      http::Answer answer = desk.agent.answer(request);
      bool good = row.expected == "key";
      CHECK(desk.outcome(answer, "") == (good && method == std::string("OPTIONS") ? "preflight" : row.expected));
      // A page that may not ask may not even read the refusal.
      bool readable = std::any_of(answer.headers.begin(), answer.headers.end(),
                                  [](const http::Field& f) { return f.first == "Access-Control-Allow-Origin"; });
      CHECK(readable == good);
    }
  }
}

TEST_CASE("agent: the preflight says what a page may send, and allows this computer only where it is asked for") {
  Desk desk;
  http::Request request = desk.request("OPTIONS", "/v1/sign");
  auto header = [&](std::string_view name) -> std::string {
    for (const auto& [key, value] : desk.agent.answer(request).headers)
      if (key == name) return value;
    return "";
  };
  CHECK(header("Access-Control-Allow-Origin") == "https://count.example");
  CHECK(header("Access-Control-Allow-Headers") == "content-type");
  CHECK(header("Access-Control-Allow-Private-Network").empty());
  request.headers.emplace_back("access-control-request-private-network", "true");
  CHECK(header("Access-Control-Allow-Private-Network") == "true");
}

TEST_CASE("agent: what it signs") {
  Desk desk({}, false, true);
  struct Row {
    const char* what;
    std::string text;
    std::string expected;
  };
  std::string other_key = challenge_text(make_challenge(desk.page, desk.rng, desk.clock.now()), WordKey("else").vkey);
  const Row rows[] = {
      {"a count sheet", kSheet, "good"},
      {"a sign-in to the page's server", desk.challenge("https://count.example"), "good"},
      {"a sign-in to another server", desk.challenge("https://evil.example"), "not-signable"},
      {"a sign-in with another key", other_key, "not-signable"},
      {"any text", "I owe you 1,000,000 won\n", "not-signable"},
      {"a checkpoint", "count.example/log\n7\n" + to_base64(std::string(32, 'x')) + "\n", "not-signable"},
      {"a record of no known type", "scrutineer/promise/1\n{}\n", "not-signable"},
      {"a sheet and a line more", kSheet + "more\n", "not-signable"},
      {"a sheet with negative votes", std::string(kSheet).replace(kSheet.find("1000"), 4, "-100"), "not-signable"},
      {"nothing", "", "not-signable"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(desk.sign(row.text) == row.expected);
  }
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("[]"), std::string("{\"text\":7}"), std::string("not JSON"),
        "{\"text\":\"x\",\"pin\":\"" + std::string(kSecretBytes + 1, '1') + "\"}"})
    CHECK(desk.outcome(desk.agent.answer(desk.request("POST", "/v1/sign", body)), "") == "malformed");
  http::Request form = desk.request("POST", "/v1/sign", "{\"text\":\"x\"}");
  form.headers.back().second = "text/plain";  // what a form may send without a preflight
  CHECK(desk.outcome(desk.agent.answer(form), "") == "malformed");
  CHECK(desk.outcome(desk.agent.answer(desk.request("DELETE", "/v1/key")), "") == "no-such-path");
  CHECK(desk.outcome(desk.agent.answer(desk.request("GET", "/")), "") == "no-such-path");
}

TEST_CASE("agent: bodies have a limit, and only signatures have bodies") {
  CHECK(body_limit("POST", "/v1/sign") == kBodyBytes);
  CHECK(body_limit("POST", "/v1/key") == 0);
  CHECK(body_limit("GET", "/v1/sign") == 0);
}

TEST_CASE("agent: three wrong passphrases in a row stop it until the person at its terminal says go on") {
  Desk desk("long enough");
  const char* wrong = "not this one";
  CHECK(desk.sign(kSheet) == "no-pin");
  CHECK(desk.sign(kSheet, wrong) == "wrong-passphrase");
  CHECK(desk.sign(kSheet, wrong) == "wrong-passphrase");
  CHECK(desk.sign(kSheet, "long enough") == "good");  // two are forgiven
  for (int i = 0; i < kWrongSecrets; ++i) {
    CHECK_FALSE(desk.agent.locked());
    CHECK(desk.sign(kSheet, wrong) == "wrong-passphrase");
  }
  CHECK(desk.agent.locked());
  CHECK(desk.sign(kSheet, "long enough") == "agent-locked");
  desk.agent.go_on();
  CHECK(desk.sign(kSheet, "long enough") == "good");
}

TEST_CASE("agent: with --ask the secret is typed at the terminal, and what the page sends is not looked at") {
  Desk desk("long enough", true);
  CHECK(desk.sign(kSheet, "long enough") == "declined");
  desk.console.typed = "long enough";
  CHECK(desk.sign(kSheet, "nonsense") == "good");
  CHECK(desk.agent.answer(desk.request("GET", "/v1/key")).body.find("\"asks\":\"terminal\"") != std::string::npos);
}

TEST_CASE("agent: a key without a secret signs only after a yes") {
  Desk desk;
  CHECK(desk.sign(kSheet) == "declined");
  desk.console.typed = "y";
  CHECK(desk.sign(kSheet) == "good");
}

TEST_CASE("agent: a page that asks without end is slowed down") {
  Desk desk({}, false, true);
  for (std::uint64_t i = 0; i < kSignRate.burst; ++i) REQUIRE(desk.sign(kSheet) == "good");
  CHECK(desk.sign(kSheet) == "too-often");
  desk.clock.seconds += 3;
  CHECK(desk.sign(kSheet) == "good");
  CHECK(desk.sign(kSheet) == "too-often");
}

TEST_CASE("agent: the terminal shows what is signed, before it is, and no secret") {
  Desk desk("long enough");
  desk.sign(kSheet, "a wrong passphrase");
  for (const char* part : {"개표상황표 · count sheet", "개표단위 · unit: a1", "투표수 · ballots cast: 1,234",
                           "A: 1,000", "B: 234", "wrong-passphrase"})
    CHECK_MESSAGE(desk.console.shown.find(part) != std::string::npos, part);
  CHECK(desk.console.shown.find("a wrong passphrase") == std::string::npos);
}

TEST_CASE("agent: ten thousand spoilt requests get a reason or a good signature, and never more") {
  Desk desk({}, false, true);
  JsonWriter body;
  const std::string whole = body.begin_object().member("text", kSheet).member("pin", "1234").end_object().take();
  std::uint64_t state = 7;  // xorshift64
  auto draw = [&](std::size_t below) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return static_cast<std::size_t>(state % below);
  };
  std::map<std::string, int> outcomes;
  for (int i = 0; i < 10'000; ++i) {
    desk.clock.seconds += 3;  // slow enough to be heard
    std::string spoilt = whole;
    for (std::size_t changes = 1 + draw(3); changes > 0; --changes) {
      std::size_t at = draw(spoilt.size());
      switch (draw(3)) {
        case 0: spoilt[at] = static_cast<char>(draw(256)); break;
        case 1: spoilt.erase(at, 1 + draw(8)); break;
        default: spoilt.insert(at, spoilt.substr(draw(spoilt.size()), draw(16)));
      }
      if (spoilt.empty()) spoilt = "{";
    }
    auto json = Json::parse(spoilt);
    auto text = json && json->root().is_object() ? json->root().find("text") : std::nullopt;
    std::string signed_text(text ? text->as_string().value_or("") : "");
    ++outcomes[desk.outcome(desk.agent.answer(desk.request("POST", "/v1/sign", spoilt)), signed_text)];
  }
  CHECK(outcomes["malformed"] > 1'000);
  CHECK(outcomes["not-signable"] > 1'000);
  CHECK(outcomes["good"] > 100);  // another figure is another record, shown and signed as such
  CHECK(outcomes["malformed"] + outcomes["not-signable"] + outcomes["good"] == 10'000);
}

TEST_CASE("describe: nothing that a terminal obeys gets through") {
  struct Row {
    std::string text, shown;
  };
  const Row rows[] = {
      {"plain 한국어", "plain 한국어"},   {"\x1b[2J", "\\u001b[2J"},
      {"a\u202eb", "a\\u202eb"},          {"a\u2066b\u200f", "a\\u2066b\\u200f"},
      {"\u0085\u009b", "\\u0085\\u009b"}, {"é…’", "é…’"},  // neighbours of those that are spelt out
  };
  for (const Row& row : rows) CHECK(harmless(row.text) == row.shown);
}

TEST_CASE("describe: what is left out is counted") {
  std::string text = "scrutineer/count-sheet/1\n{\"votes\":{";
  for (int i = 0; i < 500; ++i) text += (i ? ",\"o" : "\"o") + std::to_string(i) + "\":" + std::to_string(i);
  text += "}}\n";
  auto lines = describe(text).value();
  CHECK(lines.size() == kLinesShown + 1);
  CHECK(lines.back().find("102") != std::string::npos);  // type, "votes", 500 options
}
