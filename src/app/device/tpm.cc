#include "app/device/tpm.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/crypto/hash.h"
#include "core/device/quote.h"
#include "core/device/tpm_command.h"

namespace scrutineer::device {
namespace {

constexpr int kTries = 3;  // a register may be extended between reading it and the quote

tl::unexpected<Error> trouble(const char* what, const std::string& path) {
  const int number = errno;
  return fail(number == ENOENT ? ErrorCode::not_found : ErrorCode::io_error,
              std::string("the TPM ") + what + ": " + std::generic_category().message(number), path);
}

class DescriptorChannel final : public TpmChannel {
 public:
  DescriptorChannel(int number, std::string path) : number_(number), path_(std::move(path)) {}
  ~DescriptorChannel() override { ::close(number_); }

  Result<Bytes> exchange(BytesView command) override {
    for (std::size_t sent = 0; sent < command.size();) {
      const ssize_t n = ::write(number_, command.data() + sent, command.size() - sent);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return trouble("takes no command", path_);
      sent += static_cast<std::size_t>(n);
    }
    Bytes answer;
    char buffer[kTpmBytes];
    while (answer.size() < tpm_answer_size(answer) || tpm_answer_size(answer) == 0) {
      if (tpm_answer_size(answer) > kTpmBytes) return fail(ErrorCode::malformed, "the TPM's answer is too long", path_);
      pollfd wait{number_, POLLIN, 0};
      const int ready = ::poll(&wait, 1, kTpmSeconds * 1'000);
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return fail(ErrorCode::io_error, "the TPM does not answer", path_);
      const ssize_t n = ::read(number_, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return fail(ErrorCode::io_error, "the TPM stopped answering", path_);
      answer.append(buffer, static_cast<std::size_t>(n));
      if (answer.size() > kTpmBytes) return fail(ErrorCode::malformed, "the TPM's answer is too long", path_);
    }
    return answer;
  }

 private:
  int number_;
  std::string path_;
};

Result<std::unique_ptr<TpmChannel>> open_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(ErrorCode::invalid_argument, "the path of a socket has at most 107 bytes", path);
  std::memcpy(address.sun_path, path.data(), path.size());
  const int number = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0) return trouble("cannot be reached", path);
  auto channel = std::make_unique<DescriptorChannel>(number, path);
  if (::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return trouble("cannot be reached", path);
  SCRUTINEER_TRY(Bytes started, channel->exchange(startup_command()));
  SCRUTINEER_CHECKED(read_plain_answer(started));
  return channel;
}

// A key in the chip, gone again when this goes.
class LoadedKey {
 public:
  static Result<std::unique_ptr<LoadedKey>> make(TpmChannel& tpm) {
    SCRUTINEER_TRY(Bytes answer, tpm.exchange(create_key_command()));
    SCRUTINEER_TRY(CreatedKey created, read_created_key(answer));
    return std::unique_ptr<LoadedKey>(new LoadedKey(tpm, std::move(created)));
  }
  // Without the resource manager a chip holds three keys: one that is left behind is one too many.
  ~LoadedKey() { static_cast<void>(tpm_.exchange(flush_command(created_.handle))); }
  LoadedKey(const LoadedKey&) = delete;
  LoadedKey& operator=(const LoadedKey&) = delete;
  const CreatedKey& get() const { return created_; }

 private:
  LoadedKey(TpmChannel& tpm, CreatedKey created) : tpm_(tpm), created_(std::move(created)) {}
  TpmChannel& tpm_;
  CreatedKey created_;
};

Result<std::vector<RegisterValue>> read_registers(TpmChannel& tpm, std::span<const std::int64_t> registers) {
  std::vector<RegisterValue> values;
  while (!registers.empty()) {
    auto some = registers.first(std::min(registers.size(), kTpmReadAtOnce));
    SCRUTINEER_TRY(Bytes answer, tpm.exchange(read_registers_command(some)));
    SCRUTINEER_TRY(auto read, read_register_values(answer));
    if (read.size() != some.size())
      return fail(ErrorCode::not_found, "the TPM has not all of these registers in its SHA-256 bank");
    values.insert(values.end(), read.begin(), read.end());
    registers = registers.subspan(some.size());
  }
  return values;
}

}  // namespace

Result<std::unique_ptr<TpmChannel>> open_tpm(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return trouble("is not there", path);
  if (S_ISSOCK(status.st_mode)) return open_socket(path);
  if (!S_ISCHR(status.st_mode)) return fail(ErrorCode::unsupported, "this is neither a TPM nor a socket of one", path);
  const int number = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (number < 0) return trouble("cannot be opened", path);
  return std::make_unique<DescriptorChannel>(number, path);
}

Result<EnrolledTpm> ask_for_key(TpmChannel& tpm, std::span<const std::int64_t> registers) {
  EnrolledTpm out;
  {
    SCRUTINEER_TRY(auto key, LoadedKey::make(tpm));
    out.key = key->get().key;
  }
  SCRUTINEER_TRY(out.registers, read_registers(tpm, registers));
  return out;
}

Result<TpmAnswer> ask_for_quote(TpmChannel& tpm, BytesView nonce, const Hash256& measured,
                                std::span<const std::int64_t> registers) {
  if (nonce.size() < kNonceLeast || nonce.size() > kNonceMost)
    return fail(ErrorCode::invalid_argument, "a nonce has 16 to 64 bytes");
  SCRUTINEER_TRY(auto key, LoadedKey::make(tpm));
  TpmAnswer out;
  out.state = TpmState::quote;
  out.nonce = Bytes(nonce);
  Error last;
  for (int i = 0; i < kTries; ++i) {
    SCRUTINEER_TRY(out.pcrs, read_registers(tpm, registers));
    const Hash256 asked = quote_answer(nonce, measured);
    SCRUTINEER_TRY(Bytes answer, tpm.exchange(quote_command(key->get().handle, asked.view(), registers)));
    SCRUTINEER_TRY(QuoteAnswer quote, read_quote_answer(answer));
    out.attest = std::move(quote.attest);
    out.signature = std::move(quote.signature);
    // As whoever is shown it will check it: a chip that answers wrongly is found out here.
    auto checked = check_quote(out, {out.nonce, measured, key->get().key, {}});
    if (checked) return out;
    last = checked.error();
  }
  return tl::unexpected(last);
}

}  // namespace scrutineer::device
