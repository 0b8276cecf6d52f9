#include "core/notice/payload.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/notice/agreement_for_test.h"
#include "core/record/disclosure.h"

namespace scrutineer::testing {
namespace {

const RecordId kAgreementId{sha256("agreement")};
const std::vector<PayloadField> kFields = {{"attribution", R"({"actor":"GROUP-MARKER","confidence":80})"},
                                           {"title", R"("Nine beacons MARKER")"}};
const std::vector<PayloadFile> kFiles = {{"stix.json", "application/stix+json", R"({"type":"bundle MARKER"})"}};

Sealed seal(Cast& cast, const char* seed = "seal") {
  CountingRng rng(seed);
  const std::vector<AgreedBox> boxes = {{"commission/box", cast.box("commission").public_key},
                                        {"service/box", cast.box("service").public_key}};
  return *seal_payload(kAgreementId, kFields, kFiles, boxes, rng);
}

std::vector<BoxKey> key_of(Cast& cast, const char* name) {
  std::vector<BoxKey> keys;
  keys.push_back(cast.box(name));
  return keys;
}

OpenAttempt attempt(Cast& cast, const SealedContent& content, BytesView ciphertext, const char* with,
                    const char* replaced = nullptr) {
  return try_to_open(RecordId{sha256("notice")}, kAgreementId, content, ciphertext, key_of(cast, with),
                     replaced ? key_of(cast, replaced) : std::vector<BoxKey>{}, Channel::https);
}

TEST_CASE("payload: each recipient opens what was sealed, and every digest of the record is opened") {
  Cast cast;
  const Sealed sealed = seal(cast);
  for (const char* name : {"commission", "service"}) {
    const OpenAttempt opened = attempt(cast, sealed.content, sealed.ciphertext, name);
    CHECK(opened.receipt.trouble == ReceiptTrouble::none);
    CHECK(opened.receipt.payload == sealed.content.payload);
    CHECK(opened.receipt.opened == sealed.content.digests);
    CHECK(opened.receipt.unopened.empty());
    REQUIRE(opened.plaintext);
    auto payload = read_payload(*opened.plaintext);
    REQUIRE(payload);
    CHECK(payload->files == kFiles);
    CHECK(disclosed_field(sealed.content, payload->disclosures, "attribution") == kFields[0].value);
    CHECK(check_opening(kAgreementId, sealed.content, *opened.plaintext, *payload).whole());
  }
}

TEST_CASE("payload: nothing of the contents can be read in what is sealed or in what the record states") {
  Cast cast;
  const Sealed sealed = seal(cast);
  NoticeRecord record{kAgreementId, {}, Notice{NoticeKind::attack, NoticeChange::first, {}, {}, sealed.content}};
  CHECK(sealed.ciphertext.find("MARKER") == Bytes::npos);
  CHECK(sealed.ciphertext.find("attribution") == Bytes::npos);
  CHECK(notice_record_text(record).find("MARKER") == std::string::npos);
  CHECK(sealed.plaintext.find("MARKER") != Bytes::npos);  // the test could fail
  // The same contents twice have nothing in common: salts and keys are new.
  const Sealed again = seal(cast, "other");
  CHECK(again.content.payload != sealed.content.payload);
  for (const std::string& digest : again.content.digests)
    CHECK(std::find(sealed.content.digests.begin(), sealed.content.digests.end(), digest) ==
          sealed.content.digests.end());
}

TEST_CASE("payload: whoever it is not sealed to opens nothing, and the receipt says so") {
  Cast cast;
  const Sealed sealed = seal(cast);
  const OpenAttempt opened = attempt(cast, sealed.content, sealed.ciphertext, "somebody else");
  CHECK(opened.receipt.trouble == ReceiptTrouble::no_key);
  CHECK_FALSE(opened.receipt.payload);
  CHECK(opened.receipt.opened.empty());
  CHECK(opened.receipt.unopened == sealed.content.digests);
  CHECK_FALSE(opened.plaintext);
}

TEST_CASE("payload: a replaced key still opens, and the receipt says that it was the old one") {
  Cast cast;
  const Sealed sealed = seal(cast);
  const OpenAttempt opened = attempt(cast, sealed.content, sealed.ciphertext, "new key", "commission");
  CHECK(opened.receipt.trouble == ReceiptTrouble::replaced_key);
  CHECK(opened.receipt.opened == sealed.content.digests);
}

TEST_CASE("payload: every changed byte is noticed") {
  Cast cast;
  const Sealed sealed = seal(cast);
  for (std::size_t i = 0; i < sealed.ciphertext.size(); ++i) {
    Bytes changed = sealed.ciphertext;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAPTURE(i);
    const OpenAttempt opened = attempt(cast, sealed.content, changed, "commission");
    CHECK(opened.receipt.trouble != ReceiptTrouble::none);
    CHECK_FALSE(opened.plaintext);
  }
}

TEST_CASE("payload: other contents than those the record commits to are not delivered") {
  Cast cast;
  const Sealed sealed = seal(cast), other = seal(cast, "other");
  const OpenAttempt opened = attempt(cast, sealed.content, other.ciphertext, "commission");
  CHECK(opened.receipt.trouble == ReceiptTrouble::other_content);
  CHECK(opened.receipt.opened.empty());
  CHECK_FALSE(opened.plaintext);
}

TEST_CASE("payload: contents that were sealed under another agreement are refused") {
  Cast cast;
  const Sealed sealed = seal(cast);
  const OpenAttempt opened = try_to_open(RecordId{}, RecordId{sha256("another")}, sealed.content, sealed.ciphertext,
                                         key_of(cast, "commission"), {}, Channel::https);
  CHECK(opened.receipt.trouble == ReceiptTrouble::other_content);
}

TEST_CASE("payload: a field that the record commits to and the contents withhold is not delivered") {
  Cast cast;
  Sealed sealed = seal(cast);
  CountingRng rng("withheld");
  const std::string withheld = disclosure_digest(make_disclosure("attribution", R"("kept back")", rng));
  sealed.content.digests.push_back(withheld);
  const OpenAttempt opened = attempt(cast, sealed.content, sealed.ciphertext, "commission");
  CHECK(opened.receipt.trouble == ReceiptTrouble::missing_disclosures);
  CHECK(opened.receipt.unopened == std::vector<std::string>{withheld});
  CHECK(opened.receipt.opened.size() == sealed.content.digests.size() - 1);
}

TEST_CASE("payload: hostile plaintexts are refused without quoting them") {
  const std::string line = "scrutineer/payload/1\n";
  const std::string salt = to_base64(Bytes(32, 's')), agreement = to_hex(kAgreementId);
  auto head = [&](const std::string& files) {
    return line + R"({"salt":")" + salt + R"(","agreement":")" + agreement + R"(","disclosures":[],"files":)" + files +
           "}\n";
  };
  CHECK(read_payload(head("[]")));
  CHECK(read_payload(head(R"([{"name":"a","type":"","size":2}])") + "xy"));
  for (const std::string& bytes : std::vector<std::string>{
           "", "MARKER", line, line + "MARKER\n", line + "{\"MARKER\":1}\n", head("[]") + "x",
           head(R"([{"name":"a","type":"","size":3}])") + "xy", head(R"([{"name":"../MARKER","type":"","size":0}])"),
           head(R"([{"name":"a","type":"","size":99999999999}])"), head(R"([{"name":"a","type":"","size":-1}])"),
           head(R"([{"name":"a","type":"","size":0},{"name":"a","type":"","size":0}])")}) {
    CAPTURE(bytes);
    auto payload = read_payload(bytes);
    REQUIRE_FALSE(payload);
    CHECK(to_string(payload.error()).find("MARKER") == std::string::npos);
  }
}

}  // namespace
}  // namespace scrutineer::testing
