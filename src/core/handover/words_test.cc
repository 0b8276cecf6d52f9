#include "core/handover/words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "core/crypto/hash.h"

using namespace scrutineer;

namespace {

template <class Sequence>
std::size_t distance(const Sequence& a, const Sequence& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j)
      corner = std::exchange(row[j + 1], std::min({row[j + 1] + 1, row[j] + 1, corner + (a[i] == b[j] ? 0 : 1)}));
  }
  return row.back();
}

std::vector<std::uint32_t> syllables(std::string_view utf8) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i + 2 < utf8.size(); i += 3) {
    auto byte = [&](std::size_t k) { return static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[i + k])); };
    out.push_back((byte(0) & 15) << 12 | (byte(1) & 63) << 6 | (byte(2) & 63));
  }
  return out;
}

// What is left of a Korean word on a bad line: ㄱㄲㅋ, ㄷㄸㅌ, ㅂㅃㅍ, ㅅㅆ, ㅈㅉㅊ are one sound each at the start of
// a syllable; ㅐㅔ, ㅒㅖ, ㅓㅗ, ㅕㅛ, ㅙㅚㅞ, ㅡㅢㅣ are one vowel each; ㄴㅇ and all of ㄷㅅㅈㅊㅌㅎ are one sound
// each at the end.
std::vector<int> heard(std::string_view word) {
  constexpr int kFirst[] = {1, 1, 2, 3, 3, 4, 5, 6, 6, 7, 7, 0, 8, 8, 8, 1, 3, 6, 9};
  constexpr int kVowel[] = {20, 21, 22, 23, 24, 21, 25, 23, 24, 26, 27, 27, 25, 32, 29, 27, 30, 31, 32, 32, 32};
  constexpr int kLast[] = {0,  41, 41, 41, 42, 42, 42, 43, 44, 41, 42, 44, 44, 44,
                           46, 44, 42, 46, 46, 43, 43, 42, 43, 43, 41, 43, 46, 43};
  std::vector<int> out;
  for (std::uint32_t code : syllables(word)) {
    std::uint32_t n = code - 0xAC00;
    if (int first = kFirst[n / 588]) out.push_back(first);
    out.push_back(kVowel[n % 588 / 28]);
    if (int last = kLast[n % 28]) out.push_back(last);
  }
  return out;
}

// Groups of vowels, a last e not counted but in -le: what one can hear at least.
int vowel_groups(std::string_view word) {
  int groups = 0;
  bool inside = false;
  if (word.ends_with('e') && !word.ends_with("le")) word.remove_suffix(1);
  for (char c : word) {
    bool vowel = std::string_view("aeiouy").find(c) != std::string_view::npos;
    groups += vowel && !inside;
    inside = vowel;
  }
  return groups;
}

}  // namespace

TEST_CASE("English words: four letters apart, no prefixes, two syllables or more") {
  auto words = english_words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    CAPTURE(words[i]);
    CHECK(std::all_of(words[i].begin(), words[i].end(), [](char c) { return c >= 'a' && c <= 'z'; }));
    CHECK(vowel_groups(words[i]) >= 2);
    for (std::size_t j = 0; j < i; ++j) {
      CAPTURE(words[j]);
      CHECK(distance(words[i], words[j]) >= 4);
      CHECK_FALSE(words[i].starts_with(words[j]));
    }
  }
}

TEST_CASE("Korean words: three sounds apart on a bad line, no prefixes, two or three syllables") {
  auto words = korean_words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    CAPTURE(words[i]);
    auto code = syllables(words[i]);
    CHECK((code.size() == 2 || code.size() == 3));
    CHECK(code.size() * 3 == words[i].size());
    CHECK(std::all_of(code.begin(), code.end(), [](std::uint32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }));
    for (std::size_t j = 0; j < i; ++j) {
      CAPTURE(words[j]);
      CHECK(distance(heard(words[i]), heard(words[j])) >= 3);
      CHECK_FALSE(words[i].starts_with(words[j]));
    }
  }
}

TEST_CASE("the measure of what is heard tells what it should") {
  CHECK(heard("가지") == heard("까치"));
  CHECK(heard("개") == heard("게"));
  CHECK(heard("산") == heard("상"));
  CHECK(heard("감자") == heard("간자"));
  CHECK(heard("감자") != heard("고구마"));
  CHECK(distance(std::string_view("kitten"), std::string_view("sitting")) == 3);
}

TEST_CASE("the words of a file are the first ten bytes of its hash") {
  // SHA-256("abc") = ba7816bf 8f01cfea 4141...
  TelephoneWords words = telephone_words("abc");
  constexpr std::uint8_t kBytes[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41};
  for (std::size_t i = 0; i < kTelephoneWords; ++i) {
    CHECK(words.ko[i] == korean_words()[kBytes[i]]);
    CHECK(words.en[i] == english_words()[kBytes[i]]);
  }
  // The lists never change: versions of this program must agree.
  Bytes all;
  for (auto list : {korean_words(), english_words()})
    for (std::string_view word : list) all.append(word).append("\n");
  CHECK(to_hex(sha256(all)) == "b058ecf529a38d61bd05a42bcc9371a68a0df7dcf92afbcf7541984ddcd260f7");
  CHECK(spoken(words.en).find(" / ") != std::string::npos);
  CHECK(words.en[0] != telephone_words("abd").en[0]);
}
