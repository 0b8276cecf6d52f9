#include "app/server/door.h"

#include <algorithm>
#include <chrono>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::size_t kMessages = 20'000;
constexpr std::size_t kAttemptsShown = 100;
constexpr std::chrono::seconds kTurnWait{3};

}  // namespace

Turnstile::Turn Turnstile::enter() {
  std::unique_lock lock(mutex_);
  const bool has = left_.wait_for(lock, kTurnWait, [&] { return free_ > 0; });
  if (has) --free_;
  return Turn(*this, has);
}

Turnstile::Turn::~Turn() {
  if (!has_) return;
  {
    std::lock_guard lock(of_.mutex_);
    ++of_.free_;
  }
  of_.left_.notify_one();
}

bool Door::knows(std::string_view origin) const {
  return std::any_of(origins_.begin(), origins_.end(), [&](const Origin& known) { return known.text() == origin; });
}

Result<std::string> Door::ask(std::string_view origin) {
  std::lock_guard lock(mutex_);
  for (const Origin& known : origins_) {
    if (known.text() != origin) continue;
    Challenge challenge = make_challenge(known, rng_, clock_.now());
    challenges_.add(challenge);
    return challenge_offer(challenge);
  }
  return fail(ErrorCode::unauthorised, "this server is not reached under " + std::string(origin));
}

Result<VerifierKey> Door::answer(std::string_view text, const NoteSignature& signature, const std::string& client) {
  std::lock_guard lock(mutex_);
  auto right = [&]() -> Result<VerifierKey> {
    SCRUTINEER_TRY(Challenge asked, challenges_.take(text, clock_.now()));
    return check_answer(text, signature, asked, clock_.now());
  }();
  if (!right) attempts_.add(clock_.now(), client, right.error().message);
  return right;
}

Result<std::string> Door::open(const VerifierKey& key) {
  std::lock_guard lock(mutex_);
  return sessions_.open(key);
}

std::optional<SessionView> Door::use(std::string_view id) {
  std::lock_guard lock(mutex_);
  return sessions_.use(id);
}

bool Door::csrf_good(std::string_view id, std::string_view token) const {
  std::lock_guard lock(mutex_);
  return sessions_.csrf_good(id, token);
}

void Door::close(std::string_view id) {
  std::lock_guard lock(mutex_);
  sessions_.close(id);
  messages_.erase(sha256(id));
}

void Door::close_all(const VerifierKey& key) {
  std::lock_guard lock(mutex_);
  sessions_.close_all(key);
}

std::uint64_t Door::wait_before_question(const std::string& client) {
  std::lock_guard lock(mutex_);
  return questions_.take(client, clock_.monotonic_ns());
}

std::uint64_t Door::wait_before_sign_in(const std::string& client) {
  std::lock_guard lock(mutex_);
  return sign_ins_.take(client, clock_.monotonic_ns());
}

std::uint64_t Door::wait_before_request(const std::string& session) {
  std::lock_guard lock(mutex_);
  return requests_.take(to_hex(sha256(session)), clock_.monotonic_ns());
}

void Door::refused(const std::string& client, const std::string& reason) {
  std::lock_guard lock(mutex_);
  attempts_.add(clock_.now(), client, reason);
}

std::vector<RefusedAttempt> Door::refused_attempts() const {
  std::lock_guard lock(mutex_);
  const auto& list = attempts_.list();
  std::size_t count = std::min(list.size(), kAttemptsShown);
  return {list.rbegin(), list.rbegin() + static_cast<std::ptrdiff_t>(count)};
}

void Door::say(std::string_view session, ui::DeskMessage message) {
  std::lock_guard lock(mutex_);
  if (messages_.size() >= kMessages) messages_.clear();
  messages_[sha256(session)] = std::move(message);
}

std::optional<ui::DeskMessage> Door::said(std::string_view session) {
  std::lock_guard lock(mutex_);
  auto found = messages_.find(sha256(session));
  if (found == messages_.end()) return std::nullopt;
  ui::DeskMessage message = std::move(found->second);
  messages_.erase(found);
  return message;
}

std::string_view session_cookie_name(const http::Request& request) {
  return request.https ? "__Host-session" : "session";
}

http::Field session_cookie(const http::Request& request, const std::string& id) {
  std::string value = std::string(session_cookie_name(request)) + "=" + id + "; Path=/; HttpOnly; SameSite=Strict";
  if (request.https) value += "; Secure";
  if (id.empty()) value += "; Max-Age=0";
  return {"Set-Cookie", value};
}

std::string origin_of(const http::Request& request) {
  if (request.has_header("origin")) return std::string(request.header("origin"));
  return std::string(request.https ? "https://" : "http://") + std::string(request.header("host"));
}

Result<std::vector<http::Field>> form_of(const http::Request& request) {
  if (!request.header("content-type").starts_with("multipart/form-data")) return http::parse_form(request.body);
  SCRUTINEER_TRY(auto parts, http::parse_multipart(request));
  std::vector<http::Field> form;
  for (http::FormPart& part : parts)
    if (part.file_name.empty()) form.emplace_back(std::move(part.name), std::move(part.bytes));
  return form;
}

http::Answer come_again(std::string_view path, std::uint64_t seconds, int status) {
  http::Answer answer = http::refusal(status, path);
  answer.headers.emplace_back("Retry-After", std::to_string(seconds));
  return answer;
}

ui::Lang language_of(const http::Request& request) {
  auto known = [](std::string_view text) -> std::optional<ui::Lang> {
    if (text.starts_with("ko")) return ui::Lang::ko;
    if (text.starts_with("en")) return ui::Lang::en;
    return std::nullopt;
  };
  if (auto lang = known(request.parameter("lang"))) return *lang;
  if (auto lang = known(request.cookie("lang").value_or(""))) return *lang;
  return known(request.header("accept-language")).value_or(ui::Lang::ko);
}

http::Answer page(std::string html, int status) {
  http::Answer answer;
  answer.status = status;
  answer.body = std::move(html);
  return http::restricted(std::move(answer));
}

int status_of(ErrorCode code) {
  // The log or the journal has stopped, and whoever asks later is answered.
  if (code == ErrorCode::io_error || code == ErrorCode::disk_full || code == ErrorCode::corrupt) return 503;
  return http::problem(Error{code, "", ""}).status;
}

http::Answer in_language_of(const http::Request& request, http::Answer answer) {
  std::string_view lang = request.parameter("lang");
  if (lang == "ko" || lang == "en")
    answer.headers.emplace_back("Set-Cookie", "lang=" + std::string(lang) + "; Path=/; SameSite=Lax");
  return answer;
}

}  // namespace scrutineer
