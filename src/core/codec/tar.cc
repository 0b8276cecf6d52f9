#include "core/codec/tar.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace scrutineer {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameBytes = 100, kPrefixBytes = 155;
constexpr std::uint64_t kFileBytes = (std::uint64_t{1} << 33) - 1;  // 11 octal digits

// Places in a header block.
constexpr std::size_t kMode = 100, kOwner = 108, kGroup = 116, kSize = 124, kTime = 136, kSum = 148, kType = 156,
                      kMagic = 257, kPrefix = 345;

using Block = std::array<char, kBlock>;

void put(Block& block, std::size_t at, std::string_view text) {
  std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(at));
}

// The sum of all bytes, those of the sum itself taken as spaces.
unsigned sum_of(std::string_view block) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i)
    sum += i >= kSum && i < kSum + 8 ? ' ' : static_cast<unsigned char>(block[i]);
  return sum;
}

// Octal digits, ended by a space or a zero byte, with spaces before them.
std::optional<std::uint64_t> octal(std::string_view field) {
  std::uint64_t value = 0;
  std::size_t i = 0, digits = 0;
  while (i < field.size() && field[i] == ' ') ++i;
  for (; i < field.size() && field[i] >= '0' && field[i] <= '7'; ++i, ++digits)
    value = value * 8 + static_cast<std::uint64_t>(field[i] - '0');
  if (digits == 0 || digits > 11) return std::nullopt;
  for (; i < field.size(); ++i)
    if (field[i] != ' ' && field[i] != '\0') return std::nullopt;
  return value;
}

std::string_view text_at(std::string_view block, std::size_t at, std::size_t size) {
  std::string_view field = block.substr(at, size);
  return field.substr(0, field.find('\0'));
}

bool is_plain_path(std::string_view path) {
  while (true) {
    std::size_t slash = path.find('/');
    std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == path.npos) return true;
    path.remove_prefix(slash + 1);
  }
}

struct Header {
  std::string path;
  std::uint64_t size = 0;
  bool directory = false;
};

Result<Header> read_header(std::string_view block, const std::string& where) {
  auto sum = octal(block.substr(kSum, 8));
  if (!sum || *sum != sum_of(block)) return fail(ErrorCode::malformed, "the checksum of a tar header is wrong", where);
  if (!block.substr(kMagic).starts_with("ustar"))
    return fail(ErrorCode::unsupported, "this is no tar of the ustar kind", where);
  Header header;
  std::string_view prefix = text_at(block, kPrefix, kPrefixBytes);
  header.path = prefix.empty() ? "" : std::string(prefix) + "/";
  header.path += text_at(block, 0, kNameBytes);
  const char type = block[kType];
  header.directory = type == '5';
  if (type != '0' && type != '\0' && type != '5')
    return fail(ErrorCode::unsupported, "only plain files and directories may be in it: " + header.path, where);
  if (header.directory && header.path.ends_with('/')) header.path.pop_back();
  auto size = octal(block.substr(kSize, 12));
  if (!size || (header.directory && *size != 0))
    return fail(ErrorCode::malformed, "the size of a tar entry is wrong", where);
  if (!is_plain_path(header.path))
    return fail(ErrorCode::malformed, "a name in it leads elsewhere: " + header.path, where);
  header.size = *size;
  return header;
}

}  // namespace

Status append_tar_file(Bytes& out, std::string_view path, BytesView bytes) {
  Block block{};
  std::string_view name = path, prefix;
  if (path.size() > kNameBytes) {
    std::size_t slash = path.find('/', path.size() - kNameBytes - 1);
    if (slash == path.npos || slash > kPrefixBytes)
      return fail(ErrorCode::limit_exceeded, "this path is too long for a tar archive", std::string(path));
    prefix = path.substr(0, slash);
    name = path.substr(slash + 1);
  }
  if (bytes.size() > kFileBytes)
    return fail(ErrorCode::limit_exceeded, "this file is too large for a tar archive", std::string(path));
  put(block, 0, name);
  put(block, kMode, "0000644");
  put(block, kOwner, "0000000");
  put(block, kGroup, "0000000");
  put(block, kSize, fmt::format("{:011o}", bytes.size()));
  put(block, kTime, "00000000000");
  put(block, kType, "0");
  put(block, kMagic, std::string_view("ustar\00000", 8));
  put(block, kPrefix, prefix);
  put(block, kSum, fmt::format("{:06o}", sum_of({block.data(), kBlock})) + std::string("\0 ", 2));
  out.append(block.data(), kBlock).append(bytes);
  out.append((kBlock - bytes.size() % kBlock) % kBlock, '\0');
  return {};
}

void end_tar(Bytes& out) {
  out.append(2 * kBlock, '\0');
}

Status read_tar(BytesView archive, const std::function<Status(const std::string&, BytesView)>& each) {
  std::set<std::string> seen;
  std::size_t at = 0;
  while (true) {
    std::string where = "byte " + std::to_string(at);
    if (archive.size() - at < kBlock) return fail(ErrorCode::malformed, "this archive is cut short", where);
    std::string_view block = archive.substr(at, kBlock);
    if (block.find_first_not_of('\0') == block.npos) break;
    SCRUTINEER_TRY(Header header, read_header(block, where));
    at += kBlock;
    std::uint64_t padded = (header.size + kBlock - 1) / kBlock * kBlock;
    if (archive.size() - at < padded) return fail(ErrorCode::malformed, "this archive is cut short", where);
    if (!header.directory) {
      if (!seen.insert(header.path).second)
        return fail(ErrorCode::malformed, "a file is in it twice: " + header.path, where);
      SCRUTINEER_CHECKED(each(header.path, archive.substr(at, header.size)));
    }
    at += padded;
  }
  // Writers fill up the last record with zeros; anything else has no business there.
  if (archive.find_first_not_of('\0', at) != archive.npos || archive.size() - at < 2 * kBlock)
    return fail(ErrorCode::malformed, "this archive does not end as it should", "byte " + std::to_string(at));
  return {};
}

}  // namespace scrutineer
