#include "app/scanner/scanner.h"

#include <dlfcn.h>
#include <sane/sane.h>

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "app/scan/picture.h"
#include "core/base/bytes.h"

namespace scrutineer {
namespace {

constexpr std::size_t kReadBytes = 64u << 10;
constexpr SANE_Int kOptionsMost = 1'000;

// ---- The library ----

struct Calls {
  decltype(&::sane_init) init = nullptr;
  decltype(&::sane_get_devices) get_devices = nullptr;
  decltype(&::sane_open) open = nullptr;
  decltype(&::sane_close) close = nullptr;
  decltype(&::sane_get_option_descriptor) option = nullptr;
  decltype(&::sane_control_option) control = nullptr;
  decltype(&::sane_get_parameters) parameters = nullptr;
  decltype(&::sane_start) start = nullptr;
  decltype(&::sane_read) read = nullptr;
  decltype(&::sane_cancel) cancel = nullptr;
};

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

Result<Calls> load(const std::string& path) {
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return fail(ErrorCode::not_found, "the scanner library is not installed (Debian: libsane1)", path);
  Calls calls;
  const bool all = find(library, "sane_init", calls.init) && find(library, "sane_get_devices", calls.get_devices) &&
                   find(library, "sane_open", calls.open) && find(library, "sane_close", calls.close) &&
                   find(library, "sane_get_option_descriptor", calls.option) &&
                   find(library, "sane_control_option", calls.control) &&
                   find(library, "sane_get_parameters", calls.parameters) && find(library, "sane_start", calls.start) &&
                   find(library, "sane_read", calls.read) && find(library, "sane_cancel", calls.cancel);
  if (!all) return fail(ErrorCode::unsupported, "this is no SANE library", path);
  SANE_Int version = 0;
  if (calls.init(&version, nullptr) != SANE_STATUS_GOOD)
    return fail(ErrorCode::io_error, "the scanner library does not start", path);
  if (SANE_VERSION_MAJOR(version) != SANE_CURRENT_MAJOR)
    return fail(ErrorCode::unsupported, "another version of SANE than 1", path);
  return calls;
}

// Once a process, and never unloaded: drivers do not stand being started twice.
Result<const Calls*> library(const std::string& path) {
  static std::mutex mutex;
  static std::vector<std::pair<std::string, std::unique_ptr<Calls>>> loaded;
  std::lock_guard lock(mutex);
  for (const auto& [known, calls] : loaded)
    if (known == path) return calls.get();
  SCRUTINEER_TRY(Calls calls, load(path));
  return loaded.emplace_back(path, std::make_unique<Calls>(calls)).second.get();
}

const char* sentence(SANE_Status status) {
  switch (status) {
    case SANE_STATUS_DEVICE_BUSY: return "somebody else uses the scanner";
    case SANE_STATUS_JAMMED: return "a paper is jammed in the scanner: clear it, and feed this batch again";
    case SANE_STATUS_NO_DOCS: return "there is no paper in the feeder";
    case SANE_STATUS_COVER_OPEN: return "the scanner's cover is open";
    case SANE_STATUS_IO_ERROR: return "the connection to the scanner failed";
    case SANE_STATUS_ACCESS_DENIED: return "this account may not use the scanner";
    case SANE_STATUS_INVAL: return "the scanner does not take what it was told";
    case SANE_STATUS_UNSUPPORTED: return "the scanner cannot do this";
    case SANE_STATUS_NO_MEM: return "the scanner's driver has no memory left";
    case SANE_STATUS_GOOD:
    case SANE_STATUS_CANCELLED:
    case SANE_STATUS_EOF: break;
  }
  return "the scanner stopped";
}

// ---- One scanner ----

class Device {
 public:
  Device(const Calls& calls, SANE_Handle handle, std::string name)
      : calls_(calls), handle_(handle), name_(std::move(name)) {}
  ~Device() {
    if (abandoned_) return;
    calls_.cancel(handle_);
    calls_.close(handle_);
  }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // After a page that failed half way nothing of the driver is called again. Many drivers end their reading thread
  // where it happens to be (sanei_thread's pthread_cancel), and if that is within malloc, sane_cancel never returns.
  void abandon() { abandoned_ = true; }
  const Calls& calls() const { return calls_; }
  SANE_Handle handle() const { return handle_; }
  auto failed(SANE_Status status) const { return fail(ErrorCode::io_error, sentence(status), name_); }

  // Its number and description; nullopt: it has no such option, or not now.
  using Option = std::pair<SANE_Int, const SANE_Option_Descriptor*>;
  std::optional<Option> option(std::string_view wanted) const {
    for (SANE_Int i = 1; i < kOptionsMost; ++i) {
      const SANE_Option_Descriptor* one = calls_.option(handle_, i);
      if (one == nullptr) return std::nullopt;
      if (one->name != nullptr && wanted == one->name && SANE_OPTION_IS_ACTIVE(one->cap)) return Option{i, one};
    }
    return std::nullopt;
  }

  // Of an option whose values are words: the first of `wanted` that it has.
  std::optional<std::string> word(std::string_view name, std::initializer_list<std::string_view> wanted) const {
    const auto at = option(name);
    if (!at || at->second->type != SANE_TYPE_STRING || at->second->constraint_type != SANE_CONSTRAINT_STRING_LIST)
      return std::nullopt;
    for (std::string_view word : wanted)
      for (const SANE_String_Const* one = at->second->constraint.string_list; *one != nullptr; ++one)
        if (word == *one) return std::string(*one);
    return std::nullopt;
  }

  // The scanner may round a number; a word it takes or not.
  Status set(const std::string& name, const std::string& value) {
    const auto at = option(name);
    if (!at || !SANE_OPTION_IS_SETTABLE(at->second->cap))
      return fail(ErrorCode::invalid_argument, "this scanner has no option of this name, or not now", name);
    auto bytes = encoded(*at->second, value);
    if (!bytes) return fail(ErrorCode::invalid_argument, "this is no value for this option of the scanner", name);
    if (calls_.control(handle_, at->first, SANE_ACTION_SET_VALUE, bytes->data(), nullptr) != SANE_STATUS_GOOD)
      return fail(ErrorCode::invalid_argument, "the scanner does not take this value: " + value, name);
    return {};
  }

 private:
  // As sane_control_option() wants to have it; SANE_Word is aligned since operator new aligns.
  static std::optional<std::vector<char>> encoded(const SANE_Option_Descriptor& option, const std::string& value) {
    std::vector<char> out(std::max<std::size_t>(static_cast<std::size_t>(option.size), sizeof(SANE_Word)), '\0');
    if (option.type == SANE_TYPE_STRING) {
      if (value.size() + 1 > static_cast<std::size_t>(option.size)) return std::nullopt;
      std::copy(value.begin(), value.end(), out.begin());
      return out;
    }
    SANE_Word word = 0;
    if (option.type == SANE_TYPE_BOOL) {
      if (value != "yes" && value != "no") return std::nullopt;
      word = value == "yes" ? SANE_TRUE : SANE_FALSE;
    } else {
      const auto number = parse_decimal(value);
      if (!number || *number > 32'767 || option.size != sizeof(SANE_Word)) return std::nullopt;
      if (option.type == SANE_TYPE_INT)
        word = static_cast<SANE_Word>(*number);
      else if (option.type == SANE_TYPE_FIXED)
        word = static_cast<SANE_Word>(*number) << SANE_FIXED_SCALE_SHIFT;
      else
        return std::nullopt;
    }
    std::memcpy(out.data(), &word, sizeof word);
    return out;
  }

  const Calls& calls_;
  SANE_Handle handle_;
  std::string name_;
  bool abandoned_ = false;
};

// Our choices first, so that what was asked for wins.
Result<bool> set_up(Device& device, const ScannerRequest& request) {
  const auto mode = device.word("mode", {"Gray", "Grayscale", "True Gray", "8-bit Grayscale", "Lineart", "Binary"});
  if (!mode) return fail(ErrorCode::unsupported, "this scanner offers no grey pictures", request.device);
  SCRUTINEER_CHECKED(device.set("mode", *mode));
  if (device.option("depth") && *mode != "Lineart") {
    SCRUTINEER_CHECKED(device.set("depth", "8"));
  }
  SCRUTINEER_CHECKED(device.set("resolution", std::to_string(request.dots_per_inch)));
  const auto feeder =
      request.sides == 2
          ? device.word("source", {"ADF Duplex", "Automatic Document Feeder(duplex)", "ADF Front-Back", "Duplex"})
          : device.word("source",
                        {"ADF", "Automatic Document Feeder", "ADF Front", "ADF Simplex",
                         "Automatic Document Feeder(left aligned)", "Automatic Document Feeder(centrally aligned)"});
  bool feeds = feeder.has_value();
  if (feeder) {
    SCRUTINEER_CHECKED(device.set("source", *feeder));
  }
  for (const auto& [name, value] : request.options) {
    SCRUTINEER_CHECKED(device.set(name, value));
    if (name == "source") feeds = value.find("lat") == value.npos;  // "Flatbed"
  }
  if (!feeds && request.sides == 2)
    return fail(ErrorCode::unsupported, "this scanner has no feeder that scans both sides", request.device);
  return feeds;
}

class Feeder {
 public:
  Feeder(std::unique_ptr<Device> device, bool feeds) : device_(std::move(device)), feeds_(feeds) {}
  // nullopt: the feeder is empty, or it was the glass.
  Result<std::optional<Bytes>> next() {
    if (ended_) return std::nullopt;
    SCRUTINEER_CHECKED(row_bytes().map([](std::size_t) {}));  // refused before a page is on its way
    const SANE_Status started = device_->calls().start(device_->handle());
    if (started == SANE_STATUS_NO_DOCS && fed_) {
      ended_ = true;
      return std::nullopt;
    }
    if (started != SANE_STATUS_GOOD) return device_->failed(started);
    auto rows = read_page();
    if (!rows) {
      device_->abandon();
      return tl::unexpected(rows.error());
    }
    fed_ = true;
    ended_ = !feeds_;  // from the glass: one paper
    const SANE_Parameters& about = about_;
    const std::size_t height = rows->size() / row_;
    Bytes out = fmt::format("{}\n{} {}\n{}", about.depth == 1 ? "P4" : "P5", about.pixels_per_line, height,
                            about.depth == 1 ? "" : "255\n");
    out += *rows;
    return out;
  }

 private:
  Result<Bytes> read_page() {
    SCRUTINEER_TRY(row_, row_bytes());  // now they are certain
    return read_rows(static_cast<std::size_t>(about_.bytes_per_line), row_);
  }

  // Of a row without what the driver puts behind it; asks the driver what pages look like.
  Result<std::size_t> row_bytes() {
    if (const auto status = device_->calls().parameters(device_->handle(), &about_); status != SANE_STATUS_GOOD)
      return device_->failed(status);
    const SANE_Parameters& about = about_;
    if (about.format != SANE_FRAME_GRAY || (about.depth != 8 && about.depth != 1) || about.pixels_per_line < 1)
      return fail(ErrorCode::unsupported, "the scanner sends another kind of picture than grey ones of 8 bits or 1");
    const auto width = static_cast<std::size_t>(about.pixels_per_line);
    const std::size_t row = about.depth == 8 ? width : (width + 7) / 8;
    if (about.bytes_per_line < 1 || static_cast<std::size_t>(about.bytes_per_line) < row)
      return fail(ErrorCode::malformed, "the scanner says that a row has fewer bytes than pixels");
    return row;
  }

  // Whole rows until the scanner says that the page ended: how long it is is not always known before.
  Result<Bytes> read_rows(std::size_t stride, std::size_t row) {
    Bytes rows, line;
    Bytes piece(kReadBytes, '\0');
    for (;;) {
      SANE_Int got = 0;
      const SANE_Status status = device_->calls().read(device_->handle(), reinterpret_cast<SANE_Byte*>(piece.data()),
                                                       static_cast<SANE_Int>(piece.size()), &got);
      if (status == SANE_STATUS_EOF) break;
      if (status != SANE_STATUS_GOOD) return device_->failed(status);
      line.append(piece, 0, static_cast<std::size_t>(std::clamp(got, SANE_Int{0}, SANE_Int{kReadBytes})));
      std::size_t at = 0;
      for (; at + stride <= line.size(); at += stride) rows.append(line, at, row);
      line.erase(0, at);
      if (rows.size() > kPictureBytes) return fail(ErrorCode::limit_exceeded, "a page longer than any sheet of paper");
    }
    if (rows.empty()) return fail(ErrorCode::io_error, "the scanner sent a page without a single row");
    return rows;
  }

  std::unique_ptr<Device> device_;
  const bool feeds_;
  SANE_Parameters about_{};
  std::size_t row_ = 0;  // bytes
  bool fed_ = false, ended_ = false;
};

}  // namespace

Result<std::vector<ScannerName>> attached_scanners(const std::string& path) {
  SCRUTINEER_TRY(const Calls* calls, library(path));
  const SANE_Device** list = nullptr;
  if (const auto status = calls->get_devices(&list, SANE_TRUE); status != SANE_STATUS_GOOD)
    return fail(ErrorCode::io_error, sentence(status));
  std::vector<ScannerName> out;
  for (; list != nullptr && *list != nullptr; ++list) out.push_back({(*list)->name, (*list)->vendor, (*list)->model});
  return out;
}

Result<std::unique_ptr<ScanSource>> open_scanner(const ScannerRequest& request) {
  SCRUTINEER_TRY(const Calls* calls, library(request.library));
  SANE_Handle handle = nullptr;
  const SANE_Status opened = calls->open(request.device.c_str(), &handle);
  if (opened == SANE_STATUS_INVAL)
    return fail(ErrorCode::not_found, "there is no scanner of this name (see: scrutineer scan --scanner list)",
                request.device);
  if (opened != SANE_STATUS_GOOD) return fail(ErrorCode::io_error, sentence(opened), request.device);
  auto device = std::make_unique<Device>(*calls, handle, request.device);
  SCRUTINEER_TRY(bool feeds, set_up(*device, request));
  auto feeder = std::make_shared<Feeder>(std::move(device), feeds);
  return open_pictures([feeder] { return feeder->next(); }, request.sides, "page");
}

}  // namespace scrutineer
