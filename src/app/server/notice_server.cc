#include "app/server/notice_server.h"

#include <fmt/format.h>
#include <algorithm>

#include "app/notice/routes.h"
#include "app/notice/witnessed.h"
#include "app/server/notice_state.h"
#include "app/taxii/routes.h"
#include "app/ui/desk_pages.h"
#include "app/ui/notice_pages.h"
#include "app/ui/pages.h"

namespace scrutineer {
namespace {

constexpr std::size_t kFormBytes = 1u << 20;
constexpr std::size_t kFilesBytes = kPayloadBytes + kFormBytes;
constexpr const char* kListening = "/listening";

// So that nobody who looks at everything holds up what comes in.
template <class Use>
void in_pieces(const std::vector<RecordId>& firsts, Use&& use) {
  for (std::size_t begin = 0; begin < firsts.size(); begin += kNoticesAtOnce)
    use(std::span(firsts).subspan(begin, std::min(kNoticesAtOnce, firsts.size() - begin)));
}

std::size_t body_limit(std::string_view method, std::string_view path) {
  if (is_notice_path(path)) return notice_body_limit(method, path);
  if (path.starts_with(kTaxiiPrefix)) return taxii_body_limit(method, path);
  if (method != "POST" || !path.starts_with("/desk/")) return 0;
  return path == "/desk/compose" || path == "/desk/answer" ? kFilesBytes : kFormBytes;
}

http::Answer style_sheet() {
  http::Answer answer;
  answer.type = "text/css; charset=utf-8";
  answer.body.append(ui::desk_style_sheet()).append(ui::notice_style_sheet());
  answer.headers.emplace_back("Cache-Control", "max-age=300");
  return answer;
}

http::Answer public_page(NoticeServer::State& server, const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return http::refusal(405, request.path);
  const ui::NoticePublic shown = server.everybody();
  if (request.path == "/") {
    ui::NoticeFrame frame = frame_for(server, request, nullptr);
    frame.desk.path = "/";
    return in_language_of(request, page(ui::render_notice_public(frame, shown)));
  }
  http::Answer answer;
  answer.type = "application/json";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = public_json(shown);
  return answer;
}

}  // namespace

ui::NoticeList NoticeServer::State::list(const NoticeChoice& choice, ui::Lang lang) {
  ui::NoticeList made;
  made.as_of = local_time(clock.now().value);
  in_pieces(choice.of ? *choice.of : look(exchanges_of), [&](std::span<const RecordId> some) {
    look([&](const NoticeSight& sight) { return add_to_list(sight, choice, some, made), 0; });
  });
  finish_list(choice, lang, made);
  return made;
}

std::vector<std::string> NoticeServer::State::unreachable_now() const {
  std::vector<std::string> names;
  for (const Standing& one : node->destinations())
    if (!one.trouble.empty()) names.push_back(one.name);
  return names;
}

ui::NoticePublic NoticeServer::State::everybody() {
  std::lock_guard lock(public_mutex);
  const std::uint64_t now = clock.monotonic_ns();
  if (shown_public && now - public_ns < kPublicEveryNs) return *shown_public;
  PublicFigures figures;
  in_pieces(look(exchanges_of), [&](std::span<const RecordId> some) {
    look([&](const NoticeSight& sight) { return figures.add(sight, some), 0; });
  });
  ui::NoticePublic made = look([&](const NoticeSight& sight) { return figures.finish(sight); });
  const SignedCheckpoint checkpoint = node->log().checkpoint();
  const NoticeNode::WitnessedBy by = node->witnessed();
  made.logs.push_back({node->log_key().name, checkpoint.checkpoint.size, to_base64(checkpoint.checkpoint.root.view()),
                       local_time(by.time), by.cosigned, by.known, false, false});
  for (const NoticeNode::CopyStanding& copy : node->copies())
    made.logs.push_back({copy.name, copy.size, {}, {}, 0, 0, true, copy.forks > 0});
  shown_public = std::move(made);
  public_ns = now;
  return *shown_public;
}

Status NoticeServer::State::open() {
  SCRUTINEER_TRY(node, NoticeNode::open(disk, clock, rng, options.node));
  SCRUTINEER_TRY(taxii, NoticeTaxii::open(disk, *node, clock, rng, options.node.directory));
  SCRUTINEER_TRY(groups, NoticeGroups::open(disk, options.node.directory));
  return {};
}

Status NoticeServer::State::listen() {
  http::ServerOptions server_options;
  server_options.port = options.port;
  server_options.try_next_ports = options.try_next_ports;
  server_options.behind_proxy = options.behind_proxy;
  server_options.body_limit = body_limit;
  SCRUTINEER_TRY(http,
                 http::Server::start(server_options, [this](const http::Request& request) { return answer(request); }));
  std::vector<std::string> names = options.origins;
  if (!options.behind_proxy || options.also_plain)
    for (const char* host : {"http://127.0.0.1:", "http://localhost:"})
      names.push_back(host + std::to_string(http->port()));
  std::vector<Origin> origins;
  for (const std::string& name : names) {
    SCRUTINEER_TRY(Origin origin, parse_origin(name));
    origins.push_back(std::move(origin));
  }
  door = std::make_unique<Door>(clock, rng, std::move(origins));
  SCRUTINEER_CHECKED(write_file(disk, options.node.directory + kListening, http->url() + "\n", Durability::cached));
  ready = true;
  return {};
}

http::Answer NoticeServer::State::answer(const http::Request& request) {
  if (!ready) return http::refusal(503, request.path);
  if (is_notice_path(request.path)) return answer_notice(*node, request);
  if (request.path.starts_with(kTaxiiPrefix)) return answer_taxii(*taxii, request);
  if (request.path.starts_with("/desk/")) return answer_notice_desk(*this, request);
  if (request.path == "/desk") return http::see_other("/desk/");
  if (request.path == "/web/desk.css") return style_sheet();
  if (request.path.starts_with("/web/") || request.path == "/style.css") return answer_web(request);
  if (request.path == "/" || request.path == "/public.json") return public_page(*this, request);
  return http::refusal(404, request.path);
}

NoticeServer::State::~State() {
  if (http) {
    http->stop();
    (void)disk.remove(options.node.directory + kListening);
  }
  taxii.reset();
  node.reset();
}

NoticeServer::NoticeServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
NoticeServer::~NoticeServer() = default;

Result<std::unique_ptr<NoticeServer>> NoticeServer::start(Disk& disk, Clock& clock, Rng& rng,
                                                          NoticeServerOptions options) {
  auto state = std::make_unique<State>(disk, clock, rng, std::move(options));
  SCRUTINEER_CHECKED(state->open());
  SCRUTINEER_CHECKED(state->listen());
  return std::unique_ptr<NoticeServer>(new NoticeServer(std::move(state)));
}

NoticeNode& NoticeServer::node() {
  return *state_->node;
}
std::string NoticeServer::url() const {
  return state_->http->url();
}
std::uint16_t NoticeServer::port() const {
  return state_->http->port();
}

}  // namespace scrutineer
