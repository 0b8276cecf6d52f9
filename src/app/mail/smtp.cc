#include "app/mail/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

#include "app/mail/limits.h"
#include "core/base/check.h"

namespace scrutineer::mail {

namespace {

// What was said last in each direction, from curl's log: its error codes do not tell a dead mailbox from a bad sender.
struct Talk {
  enum class Step : std::uint8_t { greeting, hello, tls, sign_in, sender, recipient, content };
  struct Refusal {
    Step step;
    int code;
    std::string sentence;
  };
  Step step = Step::greeting;
  SmtpReply last;
  bool over = false;  // after QUIT nothing more is said about the mail
  curl_socket_t socket = CURL_SOCKET_BAD;
  std::optional<Refusal> refusal;  // the first one to something that cannot be said in another way
};

constexpr std::string_view kSteps[] = {"the greeting", "EHLO",          "STARTTLS",       "the sign-in",
                                       "the sender",   "the recipient", "the mail itself"};

std::string printable(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  std::string out(text.substr(0, kReplyBytes));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) >= 0x7f) c = '?';
  return out;
}

// Only verbs are looked at, whole ones: what follows AUTH is a secret, and may look like anything.
void said(Talk& talk, std::string_view line) {
  using Step = Talk::Step;
  if (line.starts_with("EHLO ") || line.starts_with("HELO ")) talk.step = Step::hello;
  if (line == "STARTTLS\r\n") talk.step = Step::tls;
  if (line.starts_with("AUTH ")) talk.step = Step::sign_in;
  if (line.starts_with("MAIL FROM:")) talk.step = Step::sender;
  if (line.starts_with("RCPT TO:")) talk.step = Step::recipient;
  if (line == "DATA\r\n") talk.step = Step::content;
  // Nobody needs the answer to QUIT, and curl would wait two minutes for it, whatever its time limit.
  if (line == "QUIT\r\n") {
    talk.over = true;
    ::shutdown(talk.socket, SHUT_RD);
  }
}

// RFC 5321 section 4.2: three digits, '-' where more lines follow.
void heard(Talk& talk, std::string_view line) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (talk.over || line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, digit)) return;
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  const std::string_view sentence = line.size() > 4 ? line.substr(4) : std::string_view();
  talk.last = {code, printable(sentence)};
  // EHLO may be followed by HELO, a way of signing in by another.
  const bool overcome =
      talk.refusal && (talk.refusal->step == Talk::Step::hello || talk.refusal->step == Talk::Step::sign_in);
  if (code >= 400 && (!talk.refusal || overcome)) talk.refusal = Talk::Refusal{talk.step, code, talk.last.sentence};
}

int on_debug(CURL*, curl_infotype kind, char* data, std::size_t size, void* context) {
  Talk& talk = *static_cast<Talk*>(context);
  if (kind == CURLINFO_HEADER_OUT) said(talk, {data, size});
  if (kind == CURLINFO_HEADER_IN) heard(talk, {data, size});
  return 0;
}

int on_socket(void* context, curl_socket_t socket, curlsocktype) {
  static_cast<Talk*>(context)->socket = socket;
  return CURL_SOCKOPT_OK;
}

std::size_t on_read(char* out, std::size_t size, std::size_t count, void* context) {
  BytesView& rest = *static_cast<BytesView*>(context);
  const std::size_t part = std::min(size * count, rest.size());
  std::memcpy(out, rest.data(), part);
  rest.remove_prefix(part);
  return part;
}

std::size_t on_write(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}  // nothing to standard output

bool is_this_machine(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;  // curl never asks a name server for localhost
  return host.starts_with("127.") &&
         std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// A name or a number; never something that would end up elsewhere in an address or a command.
bool is_host(std::string_view text, std::string_view also) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [also](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           also.find(c) != std::string_view::npos;
  });
}

Status check_options(const SmtpOptions& options) {
  if (!is_host(options.host, "-.:")) return fail(ErrorCode::invalid_argument, "the mail server needs a name");
  if (options.port == 0) return fail(ErrorCode::invalid_argument, "the mail server needs a port");
  if (!is_host(options.hello, "-."))
    return fail(ErrorCode::invalid_argument, "a mail server must be told the name of this machine");
  if (options.tls == SmtpTls::none && !is_this_machine(options.host))
    return fail(ErrorCode::invalid_argument, "mail without TLS is for a mail server on this machine only");
  if (options.tls == SmtpTls::none && !options.user.empty())
    return fail(ErrorCode::invalid_argument, "a password is not sent without TLS");
  if (options.connect.count() <= 0 || options.whole.count() <= 0)
    return fail(ErrorCode::invalid_argument, "a time limit must be above zero");
  return {};
}

// RFC 5321 section 2.3.8: CR and LF stand together or not at all. A server that takes another line end for one finds a
// second mail behind "LF . LF" (SMTP smuggling).
Status check_wire(BytesView mail) {
  if (mail.empty() || mail.size() > kMailBytes)
    return fail(ErrorCode::invalid_argument, "there is no mail, or one that is too large to send");
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i, ++line) {
    const auto byte = static_cast<unsigned char>(mail[i]);
    if (byte == '\r' && i + 1 < mail.size() && mail[i + 1] == '\n') {
      ++i;
      line = static_cast<std::size_t>(-1);
    } else if (byte == '\r' || byte == '\n' || byte == 0 || byte >= 0x80 || line >= kWireLineBytes) {
      return fail(ErrorCode::invalid_argument, "the mail has a line that cannot be sent as it is",
                  "byte " + std::to_string(i + 1));
    }
  }
  if (line != 0) return fail(ErrorCode::invalid_argument, "the mail's last line has no end");
  return {};
}

// Initialised once; libcurl's own rule is that this comes before any other thread uses it.
bool start_curl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

// While it lives, writing to a connection that the other side has closed is an error and no SIGPIPE: the TLS library
// writes without asking for that, and with CURLOPT_NOSIGNAL curl leaves signals to us. For this thread alone.
class NoSigpipe {
 public:
  NoSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoSigpipe() {
    const timespec at_once{};
    while (!was_pending_ && sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) {}
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoSigpipe(const NoSigpipe&) = delete;

 private:
  sigset_t pipe_{}, before_{};
  bool was_pending_ = false;
};

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;
using List = std::unique_ptr<curl_slist, FreeList>;

template <class Value>
void set(const Easy& easy, CURLoption option, Value value) {
  check(curl_easy_setopt(easy.get(), option, value) == CURLE_OK, "libcurl knows its options");
}

void set_options(const Easy& easy, const SmtpOptions& options) {
  const std::string host = options.host.find(':') == std::string::npos ? options.host : "[" + options.host + "]";
  set(easy, CURLOPT_URL, fmt::format("smtp://{}:{}/{}", host, options.port, options.hello).c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "smtp");
  set(easy, CURLOPT_PROXY, "");  // whatever the environment says
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_FORBID_REUSE, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.whole.count()));
  set(easy, CURLOPT_USE_SSL, static_cast<long>(options.tls == SmtpTls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) set(easy, CURLOPT_CAINFO, options.ca_file.c_str());
  if (!options.user.empty()) {
    set(easy, CURLOPT_USERNAME, options.user.c_str());
    set(easy, CURLOPT_PASSWORD, options.password.c_str());
  }
}

// Nothing reached the place where mails are judged.
Error not_reached(const SmtpOptions& options, CURLcode code) {
  std::string_view why = "the connection was cut off";
  if (code == CURLE_COULDNT_RESOLVE_HOST) why = "its name is not known";
  if (code == CURLE_COULDNT_CONNECT) why = "nobody answers there";
  if (code == CURLE_OPERATION_TIMEDOUT) why = "it took too long";
  if (code == CURLE_USE_SSL_FAILED) why = "it does not offer TLS, and without it nothing is sent";
  if (code == CURLE_PEER_FAILED_VERIFICATION) why = "its certificate is not believed";
  if (code == CURLE_SSL_CACERT_BADFILE) why = "the file of authorities that we believe cannot be read";
  if (code == CURLE_SSL_CONNECT_ERROR) why = "TLS could not be agreed on";
  return {ErrorCode::io_error, fmt::format("the mail server was not reached: {}", why),
          fmt::format("{}:{}", options.host, options.port)};
}

Error refused(const SmtpOptions& options, const Talk::Refusal& refusal) {
  using Step = Talk::Step;
  ErrorCode code = ErrorCode::conflict;
  std::string_view what = "the mail server refuses the mail for good";
  if (refusal.code < 500) {
    code = ErrorCode::busy;
    what = "the mail server does not take the mail now; try again later";
  } else if (refusal.step == Step::recipient) {
    code = ErrorCode::not_found;
    what = "the mailbox does not exist or takes no mail";
  } else if (refusal.step == Step::sign_in) {
    code = ErrorCode::unauthorised;
    what = "the mail server refuses the sign-in";
  } else if (refusal.step == Step::greeting || refusal.step == Step::hello || refusal.step == Step::tls) {
    code = ErrorCode::io_error;
    what = "the mail server does not work with us";
  }
  return {code,
          fmt::format("{}. It said {} {} (to {})", what, refusal.code, refusal.sentence,
                      kSteps[static_cast<std::size_t>(refusal.step)]),
          fmt::format("{}:{}", options.host, options.port)};
}

}  // namespace

Result<SmtpReply> send_mail(const SmtpOptions& options, const Address& from, const Address& to, BytesView mail) {
  SCRUTINEER_CHECKED(check_options(options));
  SCRUTINEER_CHECKED(check_wire(mail));
  const NoSigpipe guard;  // before `easy`: it outlives the connection
  const Easy easy(start_curl() ? curl_easy_init() : nullptr);
  if (!easy) return fail(ErrorCode::io_error, "the mail library does not start");
  set_options(easy, options);
  const std::string sender = "<" + from.value() + ">", recipient = "<" + to.value() + ">";
  const List recipients(curl_slist_append(nullptr, recipient.c_str()));
  check(recipients != nullptr, "memory");
  Talk talk;
  BytesView rest = mail;
  set(easy, CURLOPT_MAIL_FROM, sender.c_str());
  set(easy, CURLOPT_MAIL_RCPT, recipients.get());
  set(easy, CURLOPT_UPLOAD, 1L);
  set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
  set(easy, CURLOPT_READFUNCTION, &on_read);
  set(easy, CURLOPT_READDATA, &rest);
  set(easy, CURLOPT_WRITEFUNCTION, &on_write);
  set(easy, CURLOPT_SOCKOPTFUNCTION, &on_socket);
  set(easy, CURLOPT_SOCKOPTDATA, &talk);
  set(easy, CURLOPT_VERBOSE, 1L);  // or nothing of the talk is told; it goes to on_debug and nowhere else
  set(easy, CURLOPT_DEBUGFUNCTION, &on_debug);
  set(easy, CURLOPT_DEBUGDATA, &talk);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) return talk.last;
  // A refusal that was overcome, or a line that broke after it, is none.
  const bool broke = code == CURLE_OPERATION_TIMEDOUT || code == CURLE_COULDNT_CONNECT || code == CURLE_RECV_ERROR ||
                     code == CURLE_USE_SSL_FAILED;
  if (talk.refusal && !broke) return tl::unexpected<Error>(refused(options, *talk.refusal));
  return tl::unexpected<Error>(not_reached(options, code));
}

}  // namespace scrutineer::mail
