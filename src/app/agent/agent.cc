#include "app/agent/agent.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/agent/describe.h"
#include "core/codec/json.h"
#include "core/record/record.h"
#include "core/session/challenge.h"

namespace scrutineer::agent {
namespace {

constexpr Refused kOtherHost{421,
                             "other-host",
                             {"이 서명 프로그램은 이 컴퓨터의 127.0.0.1로만 응답합니다.",
                              "This agent answers at 127.0.0.1 of this computer only."}};
constexpr Refused kOtherOrigin{
    403,
    "other-origin",
    {"이 서명 프로그램은 다른 사이트에 응답하도록 시작되었습니다.", "This agent was started for another site."}};
constexpr Refused kNoSuchPath{404, "no-such-path", {"그런 주소는 없습니다.", "There is no such address."}};
constexpr Refused kMalformed{400, "malformed", {"요청을 읽을 수 없습니다.", "The request could not be read."}};
constexpr Refused kNotSignable{422,
                               "not-signable",
                               {"기록도 이 사이트의 로그인도 아니므로 서명하지 않습니다.",
                                "This is neither a record nor a sign-in to this site: it is not signed."}};
constexpr Refused kBusy{409, "busy", {"다른 서명이 아직 끝나지 않았습니다.", "Another signature is not finished yet."}};
constexpr Refused kTooOften{
    429,
    "too-often",
    {"서명 요청이 너무 잦습니다. 잠시 기다리십시오.", "Too many signatures were asked for. Wait a moment."}};
constexpr Refused kLocked{423,
                          "agent-locked",
                          {"PIN이 세 번 틀려 서명 프로그램이 멈추었습니다. 그 창에 go on을 입력하십시오.",
                           "Three wrong PINs stopped the agent. Type go on in its window."}};
constexpr Refused kNoSecret{401, "no-pin", {"PIN(암호)을 입력하십시오.", "Type the PIN (passphrase)."}};
constexpr Refused kDeclined{
    403,
    "declined",
    {"서명 프로그램의 창에서 서명을 거절했습니다.", "The signature was declined in the agent's window."}};

using http::Answer;
using http::Request;

std::string error_json(const Refused& refused) {
  return JsonWriter()
      .begin_object()
      .member("code", refused.code)
      .member("ko", refused.sentence.in(ui::Lang::ko))
      .member("en", refused.sentence.in(ui::Lang::en))
      .end_object()
      .take();
}

Answer json(int status, std::string body) {
  Answer answer;
  answer.status = status;
  answer.type = "application/json";
  answer.body = std::move(body) + "\n";
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

// Fetch standard section 3.2.2 (preflight). Access-Control-Allow-Private-Network: browsers that ask before a public
// page speaks to this computer (Private Network Access, section 3.1).
void allow(Answer& answer, const Request& request, const Origin& origin) {
  answer.headers.emplace_back("Access-Control-Allow-Origin", origin.text());
  answer.headers.emplace_back("Vary", "Origin");
  if (request.method != "OPTIONS") return;
  answer.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST");
  answer.headers.emplace_back("Access-Control-Allow-Headers", "content-type");
  answer.headers.emplace_back("Access-Control-Max-Age", "600");
  if (request.header("access-control-request-private-network") == "true")
    answer.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
}

// The parameter may follow: "application/json; charset=utf-8".
bool is_json(std::string_view type) {
  return type.substr(0, type.find(';')) == "application/json";
}

}  // namespace

std::size_t body_limit(std::string_view method, std::string_view path) {
  return method == "POST" && path == "/v1/sign" ? kBodyBytes : 0;
}

Answer Agent::answer(const Request& request) {
  // A page that makes its own name point to this computer still sends that name (DNS rebinding).
  std::string_view host = request.header("host");
  std::string port = std::to_string(port_);
  if (host != "127.0.0.1:" + port && host != "localhost:" + port) {
    note_refusal(request, kOtherHost);
    return json(kOtherHost.status, error_json(kOtherHost));
  }
  if (request.header("origin") != options_.origin.text()) {
    note_refusal(request, kOtherOrigin);
    return json(kOtherOrigin.status, error_json(kOtherOrigin));
  }
  Answer answer;
  if (request.method == "OPTIONS") {
    answer.status = 204;
  } else if (auto body = decide(request)) {
    answer = json(200, std::move(*body));
  } else {
    note_refusal(request, body.error());
    answer = json(body.error().status, error_json(body.error()));
  }
  allow(answer, request, options_.origin);
  return answer;
}

Agreed<std::string> Agent::decide(const Request& request) {
  if (request.method == "GET" && request.path == "/v1/key") return show_key();
  if (request.method == "POST" && request.path == "/v1/sign") return sign(request);
  return tl::unexpected(kNoSuchPath);
}

Agreed<std::string> Agent::show_key() const {
  // Whether the page shows a field for the PIN; "terminal": the person types at the agent.
  Secret asks = key_.asks();
  bool at_terminal = (options_.ask && (asks == Secret::pin || asks == Secret::passphrase)) ||
                     (asks == Secret::none && !options_.unasked);
  return JsonWriter()
      .begin_object()
      .member("vkey", to_string(key_.vkey()))
      .member("asks", at_terminal ? std::string_view("terminal") : kSecretNames[static_cast<std::size_t>(asks)])
      .end_object()
      .take();
}

Agreed<void> Agent::check_text(std::string_view text) const {
  if (!is_challenge_text(text)) {
    if (!read_record_text(text)) return tl::unexpected(kNotSignable);
    return {};
  }
  // The time is the server's to check: this computer's clock may be hours wrong.
  auto challenge = read_challenge_text(text);
  if (!challenge || challenge->challenge.server != options_.origin || challenge->key != key_.vkey())
    return tl::unexpected(kNotSignable);
  return {};
}

Agreed<SecretBytes> Agent::secret(std::string_view from_page) {
  Secret asks = key_.asks();
  std::string who = harmless(key_.vkey().name);
  if (asks == Secret::keypad)
    return console_.show({"토큰의 키패드에 PIN을 입력하십시오 · Type the PIN on the token"}), SecretBytes();
  if (asks == Secret::none) {
    if (!options_.unasked && !console_.confirm(who + " 이름으로 서명할까요? · Sign as " + who + "?"))
      return tl::unexpected(kDeclined);
    return SecretBytes();
  }
  SecretBytes given =
      options_.ask ? console_.ask_secret(asks == Secret::pin ? "PIN (" + who + ")" : "암호 · Passphrase (" + who + ")")
                   : SecretBytes::copy_of(from_page);
  if (given.empty()) return tl::unexpected(options_.ask ? kDeclined : kNoSecret);
  return given;
}

Agreed<std::string> Agent::sign(const Request& request) {
  if (!is_json(request.header("content-type"))) return tl::unexpected(kMalformed);
  auto document = Json::parse(request.body);
  if (!document || !document->root().is_object()) return tl::unexpected(kMalformed);
  auto text = document->root().find("text"), pin = document->root().find("pin");
  if (!text || !text->as_string() || (pin && (!pin->as_string() || pin->as_string()->size() > kSecretBytes)))
    return tl::unexpected(kMalformed);
  if (auto good = check_text(*text->as_string()); !good) return tl::unexpected(good.error());

  std::unique_lock turn(signing_, std::try_to_lock);
  if (!turn) return tl::unexpected(kBusy);
  if (locked()) return tl::unexpected(kLocked);
  if (rate_.take("sign", clock_.monotonic_ns()) > 0) return tl::unexpected(kTooOften);
  auto lines = describe(*text->as_string());
  if (!lines) return tl::unexpected(kNotSignable);
  lines->insert(lines->begin(), "── 서명할 내용 · to be signed ── " + to_rfc3339(clock_.now()));
  if (key_.last_try())
    lines->push_back("!! PIN이 한 번 더 틀리면 토큰이 잠깁니다 · One more wrong PIN locks the token");
  console_.show(*lines);

  auto given = secret(pin ? *pin->as_string() : std::string_view());
  if (!given) return tl::unexpected(given.error());
  auto signature = key_.sign(*text->as_string(), *given);
  if (!signature) {
    bool wrong = signature.error().code == "wrong-pin" || signature.error().code == "wrong-passphrase";
    if (wrong && ++wrong_ >= kWrongSecrets)
      console_.show({std::string(kLocked.sentence.in(ui::Lang::ko)), std::string(kLocked.sentence.in(ui::Lang::en))});
    return tl::unexpected(signature.error());
  }
  wrong_ = 0;
  const VerifierKey& vkey = key_.vkey();
  console_.show({"   서명함 · signed: " + harmless(vkey.name)});
  return JsonWriter()
      .begin_object()
      .member("name", vkey.name)
      .member("key_id", to_hex({reinterpret_cast<const char*>(vkey.id.data()), vkey.id.size()}))
      .member("signature", to_base64(*signature))
      .end_object()
      .take();
}

void Agent::note_refusal(const Request& request, const Refused& refused) {
  std::lock_guard lock(noticing_);
  if (notices_.take(std::string(refused.code), clock_.monotonic_ns()) > 0) return;
  std::string origin = harmless(request.header("origin").substr(0, 100));
  console_.show({fmt::format("   거절 · refused ({}): {} [{}]", refused.code, refused.sentence.in(ui::Lang::en),
                             origin.empty() ? "no origin" : origin)});
}

}  // namespace scrutineer::agent
