#include "core/hunt/sniff.h"

namespace scrutineer::hunt {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Sniffed meaning;
};

constexpr Magic kMagics[] = {
    {0, "\x1f\x8b"sv, {Packing::gzip, {}, "gzip"}},
    {0, "\x28\xb5\x2f\xfd"sv, {Packing::zstd, {}, "zstd"}},
    {0, "PK\x03\x04"sv, {Packing::none, Why::archive, "zip"}},
    {0, "PK\x05\x06"sv, {Packing::none, Why::archive, "zip"}},
    {257, "ustar"sv, {Packing::none, Why::archive, "tar"}},
    {0, "7z\xbc\xaf\x27\x1c"sv, {Packing::none, Why::archive, "7z"}},
    {0, "Rar!\x1a\x07"sv, {Packing::none, Why::archive, "rar"}},
    {0, "MSCF"sv, {Packing::none, Why::archive, "cab"}},
    {0, "!<arch>\n"sv, {Packing::none, Why::archive, "ar"}},
    {0, "\xed\xab\xee\xdb"sv, {Packing::none, Why::archive, "rpm"}},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, {Packing::none, Why::archive, "OLE (doc, xls, msg, hwp)"}},
    {0, "%PDF-"sv, {Packing::none, Why::compressed, "pdf"}},
    {0,
     "\xfd"
     "7zXZ\x00"sv,
     {Packing::none, Why::compressed, "xz"}},
    {0, "BZh"sv, {Packing::none, Why::compressed, "bzip2"}},
    {0, "\x04\x22\x4d\x18"sv, {Packing::none, Why::compressed, "lz4"}},
    {0, "\x1f\x9d"sv, {Packing::none, Why::compressed, "compress"}},
    {0, "LZIP"sv, {Packing::none, Why::compressed, "lzip"}},
    {0, "-----BEGIN PGP MESSAGE"sv, {Packing::none, Why::encrypted, "pgp"}},
    {0, "age-encryption.org/"sv, {Packing::none, Why::encrypted, "age"}},
    {0, "-----BEGIN AGE ENCRYPTED FILE"sv, {Packing::none, Why::encrypted, "age"}},
    {0, "Salted__"sv, {Packing::none, Why::encrypted, "openssl"}},
    {0, "LUKS\xba\xbe"sv, {Packing::none, Why::encrypted, "luks"}},
    {0, "\x00\x00\xfe\xff"sv, {Packing::none, Why::encoding, "utf-32"}},
    {0, "\xff\xfe\x00\x00"sv, {Packing::none, Why::encoding, "utf-32"}},
    {0, "\xff\xfe"sv, {Packing::none, {}, "utf-16le", Encoding::utf16le}},
    {0, "\xfe\xff"sv, {Packing::none, {}, "utf-16be", Encoding::utf16be}},
};

// Text in UTF-16 without a mark: every other byte of ASCII text is zero.
bool looks_like_utf16(BytesView start) {
  if (start.size() < 16) return false;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0' ? 1 : 0;
  const std::size_t half = start.size() / 2, most = half * 8 / 10;
  return (zeros[0] > most && zeros[1] == 0) || (zeros[1] > most && zeros[0] == 0);
}

}  // namespace

Sniffed sniff(BytesView start) {
  for (const Magic& magic : kMagics)
    if (start.size() >= magic.offset && start.substr(magic.offset).starts_with(magic.bytes)) return magic.meaning;
  if (looks_like_utf16(start)) return {Packing::none, Why::encoding, "utf-16"};
  return {};
}

}  // namespace scrutineer::hunt
