#include "core/hunt/line_search.h"

#include <algorithm>
#include <bit>

#include "core/base/limits.h"
#include "core/hunt/chars.h"
#include "core/hunt/name.h"
#include "core/hunt/unicode.h"

namespace scrutineer::hunt {
namespace {

constexpr std::size_t kNameTail = 4 * kNameBytes;  // of a name with letters beyond ASCII so much is looked at
constexpr std::uint64_t kUrlPrime = 0x100000001b3;

template <class Work>
void each_bit(std::uint64_t bits, std::size_t first, Work&& work) {
  for (; bits != 0; bits &= bits - 1) work(first + static_cast<std::size_t>(std::countr_zero(bits)));
}

}  // namespace

void LineSearch::run() {
  const bool words = m_.domains_.any || !m_.ipv4_.empty();
  const bool colon = !m_.ipv4_.empty() || !m_.ipv6_.empty();
  for (std::size_t b = 0; b < scratch_.marks.blocks.size(); ++b) {
    const Marks::Block block = scratch_.marks.blocks[b];
    const std::size_t first = b * Marks::kBlock;
    if (words) each_bit(block.dot, first, [&](std::size_t i) { word(i); });
    if (m_.mails_.any) each_bit(block.at, first, [&](std::size_t i) { mail(i); });
    each_bit(block.colon, first, [&](std::size_t i) {
      if (colon) colons(i);
      if (m_.has_urls_ && text_.substr(i, 3) == "://") url(i);
    });
    if (m_.has_hashes_) each_bit(block.hex, 0, [&](std::size_t k) { hex(first + 16 * k); });
  }
}

void LineSearch::look_up(IndicatorKind kind, std::string_view value, std::size_t at) {
  m_.texts_.each(m_.key(kind, value), [&](std::uint32_t number) {
    if (m_.set_[number].kind == kind && m_.set_[number].value == value) hit(number, at);
  });
}

// The word of host characters around a dot; two dots in a row part words.
void LineSearch::word(std::size_t dot) {
  if (dot < word_done_) return;
  std::size_t begin = dot, end = dot + 1;
  char bytes = 0, dash = 0;
  while (begin > word_done_ && is(text_[begin - 1], kHost) && !(text_[begin - 1] == '.' && text_[begin] == '.')) {
    --begin;
    bytes |= text_[begin];
    dash |= static_cast<char>(text_[begin] == '-');
  }
  while (end < text_.size() && is(text_[end], kHost) && !(text_[end] == '.' && text_[end - 1] == '.')) {
    bytes |= text_[end];
    dash |= static_cast<char>(text_[end] == '-');
    ++end;
  }
  word_done_ = end;
  if (!m_.ipv4_.empty()) {
    if (dash != 0 || !is_ascii(bytes))
      addresses(begin, end);
    else
      address(begin, end);
  }
  while (begin < end && text_[begin] == '.') ++begin;
  while (begin < end && text_[end - 1] == '.') --end;
  if (!m_.domains_.any || end - begin < 4) return;
  if (is_ascii(bytes))
    name(begin, end);
  else
    names(begin, end);
}

// IPv4 addresses between dashes and letters beyond ASCII.
void LineSearch::addresses(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end;) {
    std::size_t stop = i;
    while (stop < end && text_[stop] != '-' && is_ascii(text_[stop])) ++stop;
    if (stop > i) address(i, stop);
    i = stop + 1;
  }
}

void LineSearch::address(std::size_t begin, std::size_t end) {
  while (begin < end && text_[begin] == '.') ++begin;
  while (begin < end && text_[end - 1] == '.') --end;
  if (end - begin < 7 || end - begin > 15) return;
  if (auto found = parse_ipv4(text_.substr(begin, end - begin)))
    m_.ipv4_.find(*found, [&](std::uint32_t number) { hit(number, begin); });
}

// A name ends at its word's end, and where a label that begins in ASCII goes on in other letters: "evil.example에서".
template <class Take>
void LineSearch::name_ends(std::size_t begin, std::size_t end, Take&& take) const {
  bool first = true;  // nothing but ASCII in this label so far
  for (std::size_t i = begin; i < end; ++i) {
    if (text_[i] == '.') {
      first = true;
    } else if (!is_ascii(text_[i])) {
      if (first && i > begin && text_[i - 1] != '.') take(i);
      first = false;
    }
  }
  take(end);
}

void LineSearch::names(std::size_t begin, std::size_t end) {
  name_ends(begin, end, [&](std::size_t stop) {
    // The last bytes say something where all of the labels that they are of are written as the DNS has them.
    std::size_t from = stop - std::min<std::size_t>(8, stop - begin);
    while (from > begin && text_[from - 1] != '.') --from;
    bool plain = stop - from >= 8 && std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                                 text_.begin() + static_cast<std::ptrdiff_t>(stop), is_ascii);
    if (!plain || m_.domains_.may_end(text_, stop, m_.seed_)) foreign_name(begin, stop);
  });
}

// Every domain that the name ends in, by whole labels; an ASCII name.
void LineSearch::name(std::size_t begin, std::size_t end) {
  if (!m_.domains_.may_end(text_, end, m_.seed_)) return;
  char lower[kNameBytes];
  std::size_t size = 0;
  for (std::size_t i = end;; --i) {
    if (i == begin || text_[i - 1] == '.') look_up(IndicatorKind::domain, {lower + kNameBytes - size, size}, i);
    if (i == begin || size == kNameBytes) return;
    lower[kNameBytes - ++size] = folded(text_[i - 1]);
  }
}

// The last labels of [begin, end) as the DNS has them, into scratch_.name; in scratch_.labels, for each label, where it
// begins in the text and in the name. False where the last of them is none.
bool LineSearch::to_ascii(std::size_t begin, std::size_t end) {
  auto& labels = scratch_.labels;
  labels.clear();
  std::size_t label_end = end;
  for (std::size_t i = end;; --i) {
    if (i != begin && text_[i - 1] != '.') {
      if (end - i > kNameTail) break;
      continue;
    }
    labels.push_back(static_cast<std::uint32_t>(i));
    labels.push_back(static_cast<std::uint32_t>(label_end));
    if (i == begin) break;
    label_end = i - 1;
  }
  scratch_.name.clear();
  std::vector<std::uint32_t> starts;
  for (std::size_t k = labels.size(); k > 0; k -= 2) {
    if (!scratch_.name.empty()) scratch_.name += '.';
    auto at = static_cast<std::uint32_t>(scratch_.name.size());
    std::string_view label = text_.substr(labels[k - 2], labels[k - 1] - labels[k - 2]);
    if (append_ascii_label(label, scratch_.name)) {
      starts.push_back(labels[k - 2]);
      starts.push_back(at);
    } else {  // what is to its left belongs to no name
      scratch_.name.clear();
      starts.clear();
    }
  }
  labels = std::move(starts);
  return !labels.empty();
}

void LineSearch::foreign_name(std::size_t begin, std::size_t end) {
  if (!to_ascii(begin, end)) return;
  for (std::size_t k = 0; k < scratch_.labels.size(); k += 2)
    look_up(IndicatorKind::domain, std::string_view(scratch_.name).substr(scratch_.labels[k + 1]), scratch_.labels[k]);
}

void LineSearch::mail(std::size_t at) {
  std::size_t end = host_end(text_, at + 1, kNameTail);
  if (end == at + 1 || end == at + 1 + kNameTail) return;
  name_ends(at + 1, end, [&](std::size_t stop) { mail(at, stop); });
}

// The addresses whose domain is [at + 1, end): what is before the @ may begin where nothing tight is before it.
void LineSearch::mail(std::size_t at, std::size_t end) {
  const bool ascii = std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at),
                                 text_.begin() + static_cast<std::ptrdiff_t>(end), is_ascii);
  if (ascii && !m_.mails_.may_end(text_, end, m_.seed_)) return;
  std::string domain;
  if (!append_ascii_name(text_.substr(at + 1, end - at - 1), domain) || domain.size() > kNameBytes) return;
  constexpr std::size_t kLocal = 64;
  std::string value = "@" + domain;
  for (std::size_t i = at; i > 0 && at - i < kLocal && is(text_[i - 1], kAtext); --i) {
    value.insert(value.begin(), folded(text_[i - 1]));
    const std::size_t start = i - 1;
    const bool dotted = start > 0 && text_[start - 1] == '.' && (start == 1 || !is(text_[start - 2], kTight));
    if (start == 0 || !is(text_[start - 1], kTight) || dotted) look_up(IndicatorKind::mail, value, start);
  }
}

// The word of letters, digits, '_', ':' and '.' around a colon.
void LineSearch::colons(std::size_t colon) {
  if (colon < colons_done_) return;
  std::size_t begin = colon, end = colon + 1, count = 1;
  bool pair = false;
  while (begin > 0 && is(text_[begin - 1], kColons)) --begin;
  for (; end < text_.size() && is(text_[end], kColons); ++end) {
    if (text_[end] != ':') continue;
    ++count;
    pair |= text_[end - 1] == ':';
  }
  colons_done_ = end;
  // Six colons: six groups and a dotted quad. Times have fewer.
  if (pair || count >= 6) groups(begin, end);
}

// Neighbouring groups that may be of an address, as many as there are: "src:2001:db8::1:" has "2001:db8::1".
void LineSearch::groups(std::size_t begin, std::size_t end) {
  while (begin < end && text_[begin] == '.') ++begin;
  while (begin < end && text_[end - 1] == '.') --end;
  std::size_t start = begin;  // of the groups so far
  for (std::size_t i = begin; i <= end;) {
    std::size_t stop = std::min(text_.find(':', i), end);
    std::string_view group = text_.substr(i, stop - i);
    const bool quad = group.find('.') != group.npos && parse_ipv4(group).has_value();
    const bool good = group.size() <= 4 && std::all_of(group.begin(), group.end(), [](char c) { return is(c, kHex); });
    if (!good && !quad && i > start) ipv6(start, i - 1);
    if (!good && quad) ipv6(start, stop);
    if (!good) start = stop + 1;
    i = stop + 1;
  }
  if (start < end) ipv6(start, end);
}

void LineSearch::ipv6(std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  std::string_view text = text_.substr(begin, end - begin);
  if (text.starts_with(':') && (!text.starts_with("::") || text.starts_with(":::"))) text.remove_prefix(1), ++begin;
  if (text.ends_with(':') && (!text.ends_with("::") || text.ends_with(":::"))) text.remove_suffix(1);
  auto address = parse_ipv6(text);
  if (!address) return;
  auto mapped = mapped_ipv4(*address);
  // Where it is written with dots, that part is found as the IPv4 address that it is.
  if (mapped && text.find('.') == text.npos) m_.ipv4_.find(*mapped, [&](std::uint32_t number) { hit(number, begin); });
  m_.ipv6_.find(*address, [&](std::uint32_t number) { hit(number, begin); });
}

std::uint64_t LineSearch::url_hash(std::string_view authority, std::string_view rest, std::uint64_t seed) {
  std::uint64_t hash = hash_of(authority, seed);
  for (char c : rest) hash = (hash ^ static_cast<unsigned char>(c)) * kUrlPrime;
  return mix(hash, kUrlPrime);
}

void LineSearch::url(std::size_t colon) {
  UrlStart& start = scratch_.url;
  if (!read_url_start(text_, colon, start)) return;
  std::uint64_t hash = hash_of(start.authority, m_.seed_);
  if (!m_.authorities_.may_hold(hash)) return;
  std::string_view rest = text_.substr(start.end);
  // A host alone is there whatever follows it. Else whatever ends where a part may end.
  for (std::size_t n = 0;; ++n) {
    if (n == 0 || n == rest.size() || !is(rest[n], kAlnum) || rest[n - 1] == '/')
      m_.urls_.each(mix(hash, kUrlPrime), [&](std::uint32_t number) {
        std::string_view value = m_.set_[number].value;
        if (!value.starts_with(start.authority) || value.size() != start.authority.size() + n) return;
        if (rest_matches(rest, value.substr(start.authority.size()))) hit(number, start.begin);
      });
    if (n == rest.size() || is(rest[n], kUrlEnd) || n == limits::kHuntUrlBytes) return;
    if (n == 0 && rest[0] != '/' && rest[0] != '?' && rest[0] != '#') return;
    hash = (hash ^ static_cast<unsigned char>(rest[n])) * kUrlPrime;
  }
}

// The run of hexadecimal digits around a byte of it.
void LineSearch::hex(std::size_t inside) {
  if (inside < hex_done_) return;
  std::size_t begin = inside, end = inside;
  while (begin > hex_done_ && is(text_[begin - 1], kHex)) --begin;
  while (end < text_.size() && is(text_[end], kHex)) ++end;
  hex_done_ = end;
  const std::size_t size = end - begin;
  if (size != 32 && size != 40 && size != 64 && size != 128) return;
  if ((begin > 0 && is(text_[begin - 1], kAlnum)) || (end < text_.size() && is(text_[end], kAlnum))) return;
  char lower[128];
  for (std::size_t i = 0; i < size; ++i) lower[i] = folded(text_[begin + i]);
  const IndicatorKind kind = size == 32   ? IndicatorKind::md5
                             : size == 40 ? IndicatorKind::sha1
                             : size == 64 ? IndicatorKind::sha256
                                          : IndicatorKind::sha512;
  look_up(kind, {lower, size}, begin);
}

}  // namespace scrutineer::hunt
