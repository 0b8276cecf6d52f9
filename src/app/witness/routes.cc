#include "app/witness/routes.h"

#include "app/ui/html.h"
#include "app/ui/pages.h"

namespace scrutineer {
namespace {

using ui::Lang;
using ui::Msg;
using ui::Msg1;
using ui::operator""_h;

namespace msg {
constexpr Msg1 title{"증인 {0}", "Witness {0}"};
constexpr Msg what{
    "이 프로그램은 아래 로그들의 서명된 상태를 지켜보고, 앞서 본 상태에 덧붙이기만 했을 때에만 공동 서명합니다. "
    "로그가 기록을 지우거나 사람마다 다른 내용을 보여 주면 여기서 드러납니다.",
    "This program watches the signed state of the logs below, and cosigns it only if nothing but additions happened "
    "since the state that it saw before. A log that removes something, or shows different people different things, "
    "is found out here."};
constexpr Msg key{"이 증인의 공개 키:", "This witness's verifier key:"};
constexpr Msg no_logs{"아직 맡은 로그가 없습니다.", "It has not been given a log yet."};
constexpr Msg size{"기록 수", "Entries"};
constexpr Msg time{"공동 서명한 시각", "Cosigned at"};
constexpr Msg root{"루트 해시", "Root hash"};
constexpr Msg nothing{"아직 없음", "nothing yet"};
constexpr Msg1 forks{"서로 어긋나는 서명된 상태가 {0}건 보관되어 있습니다: 로그가 갈라졌습니다.",
                     "{0} signed states that contradict each other are kept: the log has forked."};
}  // namespace msg

void card(ui::Html& h, const WitnessedLog& log) {
  const bool korean = h.lang() == Lang::ko;
  h("<section class=check>"_h, korean ? "<h2>"_h : "<h3>"_h, "<code>"_h, log.origin, "</code>"_h,
    korean ? "</h2>"_h : "</h3>"_h);
  if (log.forks > 0) h("<p><strong>"_h).say(msg::forks, log.forks)("</strong></p>"_h);
  if (!log.last) {
    h("<p>"_h, msg::nothing, "</section>\n"_h);
    return;
  }
  h("<dl class=facts><div><dt>"_h, msg::size, "<dd>"_h, log.last->size, "</div><div><dt>"_h, msg::time, "<dd><time>"_h,
    to_rfc3339(log.time), "</time></div><div><dt>"_h, msg::root, "<dd><a href=\""_h, origin_hash(log.origin),
    "/checkpoint\"><code>"_h, to_base64(log.last->root.view()), "</code></a></div></dl></section>\n"_h);
}

std::string section(const WitnessService& witness, const std::vector<WitnessedLog>& logs, Lang lang) {
  ui::Html h(lang, 0, "", 4096);
  const bool korean = lang == Lang::ko;
  h("<div lang="_h, korean ? "ko"_h : "en"_h, ">"_h, korean ? "<h1>"_h : "<h2>"_h).say(msg::title, witness.key().name);
  h(korean ? "</h1><p>"_h : "</h2><p>"_h, msg::what, "<p>"_h, msg::key, " <code>"_h, to_string(witness.key()),
    "</code>\n"_h);
  if (logs.empty()) h("<p>"_h, msg::no_logs);
  for (const WitnessedLog& log : logs) card(h, log);
  h("</div>\n"_h);
  return std::move(h).take();
}

std::string page(const WitnessService& witness) {
  const std::vector<WitnessedLog> logs = witness.logs();
  ui::Html head(Lang::ko, 0, "", 1024);
  head(
      "<!DOCTYPE html>\n<html lang=ko><meta charset=utf-8><meta name=viewport "
      "content=\"width=device-width,initial-scale=1\"><title>"_h)
      .say(msg::title, witness.key().name);
  head(" · Witness</title><link rel=icon href=data:,><link rel=stylesheet href=style.css>\n<body><main>"_h);
  return std::move(head).take() + section(witness, logs, Lang::ko) + section(witness, logs, Lang::en) + "</main>\n";
}

http::Answer add_checkpoint(WitnessService& witness, const http::Request& request) {
  auto decision = witness.add_checkpoint(request.body);
  if (!decision) return http::problem(decision.error());
  http::Answer out;
  out.status = static_cast<int>(decision->status);
  out.type = std::move(decision->type);
  out.body = std::move(decision->body);
  return out;
}

http::Answer uncached(std::string type, Bytes body) {
  http::Answer out;
  out.type = std::move(type);
  out.body = std::move(body);
  out.headers = {{"Cache-Control", "no-cache"}};
  return out;
}

}  // namespace

std::size_t witness_body_limit(std::string_view method, std::string_view path) {
  return method == "POST" && path == kAddCheckpointPath ? kWitnessRequestBytes : 0;
}

http::Answer answer(WitnessService& witness, const http::Request& request) {
  constexpr std::string_view kTail = "/checkpoint";
  if (request.path == kAddCheckpointPath) {
    if (request.method == "POST") return add_checkpoint(witness, request);
    http::Answer out = http::problem(405, "invalid_argument", "Method Not Allowed", "a checkpoint is posted");
    out.headers.emplace_back("Allow", "POST");
    return out;
  }
  if (request.method != "GET" && request.method != "HEAD") {
    http::Answer out = http::problem(405, "invalid_argument", "Method Not Allowed", "this is only read");
    out.headers.emplace_back("Allow", "GET, HEAD");
    return out;
  }
  if (request.path == "/") return uncached("text/html; charset=utf-8", page(witness));
  if (request.path == "/style.css") return uncached("text/css; charset=utf-8", Bytes(ui::style_sheet()));
  if (std::string_view path = request.path; path.ends_with(kTail) && path.size() > kTail.size()) {
    auto note = witness.checkpoint(path.substr(1, path.size() - kTail.size() - 1));
    if (note) return uncached("text/plain; charset=utf-8", std::move(*note));
  }
  return http::problem(404, "not_found", "Not Found", "there is no such page here");
}

}  // namespace scrutineer
