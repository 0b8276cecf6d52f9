#include "app/mail/maildir.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace scrutineer::mail {

namespace {

// Where a mail's name says when it came: seconds, and microseconds behind an 'M' ("1619113440.V801I2f4M123456.host").
std::tuple<std::uint64_t, std::uint64_t> when(std::string_view name) {
  const std::string_view seconds = name.substr(0, name.find('.'));
  std::string_view rest = name.substr(std::min(seconds.size() + 1, name.size()));
  rest = rest.substr(0, rest.find('.'));
  const std::size_t mark = rest.find('M');
  const auto digits = [](std::string_view text) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 12) && text[i] >= '0' && text[i] <= '9'; ++i)
      out = out * 10 + static_cast<std::uint64_t>(text[i] - '0');
    return out;
  };
  return {digits(seconds), mark == rest.npos ? 0 : digits(rest.substr(mark + 1))};
}

bool may_pass(ErrorCode code) {
  return code == ErrorCode::busy || code == ErrorCode::io_error || code == ErrorCode::disk_full ||
         code == ErrorCode::stale;
}

}  // namespace

Result<Maildir> Maildir::open(Disk& disk, std::string path) {
  for (std::string_view folder : {"/tmp", "/new", "/cur", "/.refused/new", "/.refused/why"})
    SCRUTINEER_CHECKED(disk.make_directories(path + std::string(folder)));
  SCRUTINEER_CHECKED(disk.sync_directory(path + "/.refused"));
  SCRUTINEER_CHECKED(disk.sync_directory(path));
  return Maildir(disk, std::move(path));
}

Result<std::vector<std::string>> Maildir::new_names() {
  SCRUTINEER_TRY(std::vector<std::string> names, disk_->list(path_ + "/new"));
  // A name with a dot in front is not a mail (maildir(5)), one with a '/' behind is a folder.
  std::erase_if(names, [](const std::string& name) { return name.starts_with('.') || name.ends_with('/'); });
  std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return when(a) < when(b); });
  return names;
}

Result<Round> Maildir::take_new(const Take& take, std::size_t most) {
  if (broken_) return tl::unexpected<Error>(*broken_);
  SCRUTINEER_TRY(const std::vector<std::string> names, new_names());
  Round out;
  for (const std::string& name : names) {
    if (out.taken + out.refused >= most) break;
    Status done = hand_over(name, take);
    if (done) {
      SCRUTINEER_CHECKED(move_to_cur(name));
      ++out.taken;
      continue;
    }
    if (!may_pass(done.error().code)) {
      done = refuse(name, done.error());
      if (broken_) return tl::unexpected<Error>(*broken_);
    }
    if (done) {
      ++out.refused;
      continue;
    }
    ++out.waiting;
    out.last = done.error();
    if (out.last->code == ErrorCode::disk_full) break;
  }
  return out;
}

Status Maildir::hand_over(const std::string& name, const Take& take) {
  auto bytes = disk_->read_whole(path_ + "/new/" + name, kMailBytes);
  if (bytes) return take(*bytes);
  switch (bytes.error().code) {
    case ErrorCode::not_found:  // taken away by somebody else since it was listed: neither lost nor ours to refuse
      return fail(ErrorCode::busy, "a mail was taken away while it was to be read");
    case ErrorCode::limit_exceeded:
      return fail(ErrorCode::limit_exceeded, fmt::format("the mail is larger than {} bytes", kMailBytes));
    default: return tl::unexpected<Error>(std::move(bytes).error());
  }
}

Status Maildir::broken(Error error) {
  broken_ = error;
  return tl::unexpected<Error>(std::move(error));
}

// maildir(5): "2,S" is "seen". A mail of that name that is there already is not replaced.
Status Maildir::move_to_cur(const std::string& name) {
  std::string to = path_ + "/cur/" + name + ":2,S";
  for (int copy = 1;; ++copy) {
    auto there = disk_->exists(to);
    if (!there) return broken(std::move(there).error());
    if (!*there) break;
    to = fmt::format("{}/cur/{}.{}:2,S", path_, name, copy);
  }
  return put_away(name, to);
}

Status Maildir::refuse(const std::string& name, const Error& why) {
  const std::string text = fmt::format("{}\n{}\n{}\n", error_code_name(why.code), why.message, why.where);
  // The reason first: a mail in .refused has one. Where there is no room for it, the mail stays in new/.
  auto written = write_file(*disk_, path_ + "/.refused/why/" + name + ".txt", text, Durability::durable);
  if (!written && written.error().code == ErrorCode::disk_full) return written;
  if (!written) return broken(std::move(written).error());
  return put_away(name, path_ + "/.refused/new/" + name);
}

// First the new name, then the end of the old one: a power cut between them at worst brings the mail back to new/.
Status Maildir::put_away(const std::string& name, const std::string& to) {
  auto moved = disk_->rename(path_ + "/new/" + name, to);
  if (!moved && moved.error().code == ErrorCode::not_found) return {};  // by somebody else meanwhile
  if (moved) moved = disk_->sync_directory(directory_of(to));
  if (moved) moved = disk_->sync_directory(path_ + "/new");
  return moved ? moved : broken(std::move(moved).error());
}

}  // namespace scrutineer::mail
