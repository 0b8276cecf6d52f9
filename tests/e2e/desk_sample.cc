// desk_sample ROOT   serves invented pages of a counting centre on a free port, prints the address, until it is killed.
//   /sample/NAME?lang=ko|en  one page; /pages lists the names. /sample/board and /sample/live change while one looks:
//   the one by itself, the other by what is posted. /web/... comes from ROOT/web; other forms answer what they were
//   sent.
#include <atomic>
#include <cstdio>
#include <mutex>

#include <unistd.h>

#include "app/http/server.h"
#include "app/ui/adjudicate_pages.h"
#include "app/ui/pages.h"
#include "desk_models.h"
#include "notice_models.h"
#include "paper_models.h"

namespace {

using namespace scrutineer;
namespace sample = scrutineer::ui::sample;

struct LiveCount {  // what /desk/live/call and undo do to it
  std::mutex mutex;
  ui::LivePage page = sample::desk_live(86, 0, 2);
  std::vector<std::size_t> steps;
};

struct State {
  std::vector<sample::DeskSample> pages = sample::desk_samples();
  std::unique_ptr<http::StaticFiles> files;
  std::atomic<std::size_t> board_asked = 0;
  LiveCount live;
};

http::Answer page(std::string html) {
  http::Answer answer;
  answer.body = std::move(html);
  return http::restricted(std::move(answer));
}

http::Answer text(std::string_view type, std::string body) {
  http::Answer answer;
  answer.type = type;
  answer.body = std::move(body);
  return answer;
}

ui::DeskFrame frame(const http::Request& request, bool signed_in) {
  const ui::Lang lang = request.parameter("lang") == "en" ? ui::Lang::en : ui::Lang::ko;
  return sample::desk_frame(lang, request.path.substr(request.path.rfind('/') + 1), signed_in);
}

void mark(LiveCount& live, std::size_t option) {
  live.steps.push_back(option);
  ++live.page.tally[option];
  ++live.page.called;
  live.page.last_option = option;
}

http::Answer posted_live(State& state, const http::Request& request) {
  const std::lock_guard lock(state.live.mutex);
  LiveCount& live = state.live;
  if (request.path.ends_with("/undo")) {
    if (!live.steps.empty()) {
      --live.page.tally[live.steps.back()];
      --live.page.called;
      ++live.page.undone;
      live.steps.pop_back();
    }
  } else if (const auto fields = http::parse_form(request.body)) {
    for (const auto& [name, value] : *fields)
      if (name == "option") mark(live, value == "invalid" ? 5 : static_cast<std::size_t>(value[0] - '0'));
  }
  return http::see_other("/sample/live");
}

http::Answer posted(State& state, const http::Request& request) {
  if (request.path == "/desk/live/call" || request.path == "/desk/live/undo") return posted_live(state, request);
  return text("text/plain; charset=utf-8", request.path + "\n" + request.body);
}

http::Answer sample_page(State& state, const http::Request& request, std::string_view name) {
  if (name == "board")
    return page(render_board(frame(request, true), sample::desk_site(), sample::desk_board(500, state.board_asked++)));
  if (name == "board-small")
    return page(render_board(frame(request, true), sample::desk_site(), sample::desk_board(40, 0)));
  if (name == "live" || name == "live-screen") {
    const std::lock_guard lock(state.live.mutex);
    state.live.page.is_recorder = name == "live";
    const auto render = name == "live" ? ui::render_live : ui::render_live_screen;
    return page(render(frame(request, true), sample::desk_site(), state.live.page));
  }
  for (const sample::DeskSample& one : state.pages)
    if (one.name == name) return page(one.render(frame(request, one.signed_in)));
  return http::refusal(404, request.path);
}

http::Answer answer(State& state, const http::Request& request) {
  const std::string_view path = request.path;
  if (request.method == "POST") return posted(state, request);
  if (path == "/style.css") return text("text/css; charset=utf-8", std::string(ui::style_sheet()));
  if (path == "/web/desk.css")
    return text(
        "text/css; charset=utf-8",
        std::string(ui::desk_style_sheet()).append(ui::notice_style_sheet()).append(ui::adjudicate_style_sheet()));
  if (path == "/desk/paper/image")  // an invented paper
    return text("image/svg+xml",
                "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='800'><rect width='400' height='800' "
                "fill='#f4f1ea'/><g fill='none' stroke='#333' stroke-width='2'><rect x='40' y='120' width='320' "
                "height='60'/><rect x='40' y='220' width='320' height='60'/><rect x='40' y='320' width='320' "
                "height='60'/></g><circle cx='310' cy='200' r='28' fill='none' stroke='#a33' stroke-width='5'/></svg>");
  if (path.starts_with("/web/")) return state.files->answer(request);
  if (path.starts_with("/sample/")) return sample_page(state, request, path.substr(8));
  if (path == "/pages") {
    std::string names = "board\nboard-small\nlive\nlive-screen\n";
    for (const sample::DeskSample& one : state.pages) names += one.name + "\n";
    return text("text/plain; charset=utf-8", names);
  }
  // Whatever else the pages lead to: the addresses are checked where they are answered.
  return text("text/plain; charset=utf-8", "elsewhere\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: desk_sample ROOT\n", stderr);
    return 2;
  }
  State state;
  for (sample::DeskSample& one : sample::notice_samples()) state.pages.push_back(std::move(one));
  for (sample::DeskSample& one : sample::paper_samples()) state.pages.push_back(std::move(one));
  auto files = http::StaticFiles::open(argv[1]);
  http::ServerOptions options;
  options.port = 0;
  options.threads = 8;
  options.body_limit = [](std::string_view, std::string_view) { return std::size_t{1} << 20; };
  const auto server =
      http::Server::start(options, [&state](const http::Request& request) { return answer(state, request); });
  if (!files || !server) {
    std::fprintf(stderr, "%s\n", to_string(!files ? files.error() : server.error()).c_str());
    return 1;
  }
  state.files = std::move(*files);
  std::printf("%s", (*server)->url().c_str());
  std::fflush(stdout);
  while (true) pause();
}
