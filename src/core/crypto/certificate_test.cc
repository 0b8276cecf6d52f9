#include "core/crypto/certificate.h"

#include <doctest/doctest.h>

namespace scrutineer {
namespace {

class CountingRng final : public Rng {
 public:
  explicit CountingRng(std::uint8_t start) : next_(start) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_;
};

constexpr UnixSeconds kNow{1'748'937'600};  // 2025-06-03T08:00:00Z
constexpr std::int64_t kDay = 86'400;

UnixSeconds after(std::int64_t days) {
  return {kNow.value + days * kDay};
}

using Names = std::vector<std::string>;

TEST_CASE("a server is believed under its names, for its time, and under no other") {
  CountingRng rng(1);
  const Names names = {"centre.example", "centre", "127.0.0.1", "::1"};
  const Certificate authority = make_authority(names, kNow, rng).value();
  const Certificate server = make_server_certificate(authority.pem, authority.key_pem, names, kNow, rng).value();
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(verify_server_certificate(authority.pem, server.pem, name, kNow));
    CHECK(verify_server_certificate(authority.pem, server.pem, name, after(364)));
  }
  for (const char* name : {"other.example", "a.centre.example", "example", "127.0.0.2", "::2", ""}) {
    CAPTURE(name);
    CHECK_FALSE(verify_server_certificate(authority.pem, server.pem, name, kNow));
  }
  CHECK_FALSE(verify_server_certificate(authority.pem, server.pem, "centre", after(366)));
  CHECK_FALSE(verify_server_certificate(authority.pem, server.pem, "centre", after(-1)));
  const Certificate stranger = make_authority(names, kNow, rng).value();
  CHECK_FALSE(verify_server_certificate(stranger.pem, server.pem, "centre", kNow));
  CHECK_FALSE(verify_server_certificate(authority.pem, authority.pem, "centre", kNow));
}

TEST_CASE("an authority's word counts for its own names only") {
  struct Row {
    Names authority, server;
    bool good;
  };
  const Row rows[] = {
      {{"a.example"}, {"a.example"}, true},
      {{"a.example"}, {"desk.a.example"}, true},
      {{"a.example"}, {"b.example"}, false},
      {{"a.example"}, {"a.example", "b.example"}, false},
      {{"a.example"}, {"10.0.0.1"}, false},  // no address at all
      {{"a.example"}, {"::1"}, false},
      {{"10.0.0.1"}, {"10.0.0.1"}, true},
      {{"10.0.0.1"}, {"10.0.0.2"}, false},
      {{"10.0.0.1"}, {"::1"}, false},
      {{"10.0.0.1"}, {"a.example"}, false},  // no name at all
      {{"::1"}, {"::1"}, true},
      {{"::1"}, {"127.0.0.1"}, false},
  };
  CountingRng rng(1);
  for (const Row& row : rows) {
    CAPTURE(row.authority[0]);
    CAPTURE(row.server[0]);
    const Certificate authority = make_authority(row.authority, kNow, rng).value();
    const auto server = make_server_certificate(authority.pem, authority.key_pem, row.server, kNow, rng);
    CHECK(server.has_value() == row.good);
    if (!server) CHECK(server.error().code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("a renewed certificate ends with its authority; an expired authority makes none") {
  CountingRng rng(1);
  const Certificate authority = make_authority({"a.example"}, kNow, rng).value();
  const auto renewed = make_server_certificate(authority.pem, authority.key_pem, {"a.example"}, after(300), rng);
  REQUIRE(renewed);
  CHECK(certificate_end(renewed->pem).value() == certificate_end(authority.pem).value());
  CHECK(certificate_end(authority.pem).value() == after(kCertificateDays));
  CHECK(make_server_certificate(authority.pem, authority.key_pem, {"a.example"}, after(366), rng).error().code ==
        ErrorCode::stale);
}

TEST_CASE("the same time and randomness give the same keys, others give others") {
  CountingRng same(7), again(7), other(8);
  const Certificate a = make_authority({"a.example"}, kNow, same).value();
  CHECK(a.key_pem.view() == make_authority({"a.example"}, kNow, again)->key_pem.view());
  CHECK(a.key_pem.view() != make_authority({"a.example"}, kNow, other)->key_pem.view());
  CHECK(a.key_pem.view().starts_with("-----BEGIN PRIVATE KEY-----\n"));
  CHECK(certificate_fingerprint(a.pem)->size() == 32 * 3 - 1);
}

TEST_CASE("what is no name, certificate or key is refused") {
  for (const char* name : {"", ".", "a..b", "-a", "a-", "A.example", "*.example", "a b", "a,DNS:b", "한글", "a_b", "a.",
                           "1.2.3.4/0", "user@a"}) {
    CAPTURE(name);
    CHECK(check_server_name(name).error().code == ErrorCode::invalid_argument);
  }
  CHECK_FALSE(check_server_name(std::string(64, 'a')));
  CHECK_FALSE(check_server_name(std::string("a\0b", 3)));
  CountingRng rng(1);
  CHECK_FALSE(make_authority({}, kNow, rng));
  CHECK_FALSE(make_authority(Names(33, "a.example"), kNow, rng));
  const Certificate one = make_authority({"a.example"}, kNow, rng).value();
  const Certificate two = make_authority({"a.example"}, kNow, rng).value();
  CHECK(make_server_certificate(one.pem, two.key_pem, {"a.example"}, kNow, rng).error().code == ErrorCode::malformed);
  CHECK(make_server_certificate("x", one.key_pem, {"a.example"}, kNow, rng).error().code == ErrorCode::malformed);
  CHECK(make_server_certificate(one.pem, SecretBytes::copy_of("x"), {"a.example"}, kNow, rng).error().code ==
        ErrorCode::malformed);
  CHECK(certificate_fingerprint("").error().code == ErrorCode::malformed);
  CHECK(certificate_end(one.pem.substr(0, 200)).error().code == ErrorCode::malformed);
}

}  // namespace
}  // namespace scrutineer
