// No confidential word ever leaves the seal: marker words are planted wherever contents come in, and everything that
// was written, answered and told is searched for them.
#include "app/http/client.h"
#include "core/record/disclosure.h"
#include "tests/notice/world.h"

namespace scrutineer::testing {
namespace {

const char* const kMarkers[] = {"MARKER-ATTRIBUTION", "MARKER-HOST",    "MARKER-FILE",
                                "MARKER-NAME",        "MARKER-OUTCOME", "MARKER-GARBAGE"};

// As it is, in base64 at each of the three places in a group (disclosures are base64url), and in hex.
std::vector<std::string> spellings(const std::string& word) {
  std::vector<std::string> all{word, to_hex(word)};
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string padded = std::string(shift, 'x') + word;
    std::string base64 = to_base64(padded.substr(0, padded.size() / 3 * 3));
    all.push_back(base64.substr(shift == 0 ? 0 : 4));
  }
  return all;
}

std::vector<std::string> found_in(const std::string& text) {
  std::vector<std::string> found;
  for (const char* marker : kMarkers)
    for (const std::string& spelling : spellings(marker))
      if (text.find(spelling) != text.npos) found.push_back(marker);
  return found;
}

}  // namespace

TEST_CASE("notice: the search itself finds a word in a disclosure and in a file") {
  CountingRng rng;
  CHECK(found_in(make_disclosure("attribution", "\"MARKER-ATTRIBUTION\"", rng)).size() == 1);
  CHECK(found_in("x MARKER-HOST x").size() == 1);
  CHECK(found_in("nothing").empty());
}

TEST_CASE("notice: no confidential word in a log, a file of any node, an answer or a line to the operator") {
  UsualWorld world(2);
  std::vector<std::string> answers;
  const RecordId notice =
      world.notify(world.agreement, {{"attribution", "\"MARKER-ATTRIBUTION\""}, {"hosts", "[\"MARKER-HOST\"]"}},
                   {{"MARKER-NAME.json", "application/json", "{\"x\":\"MARKER-FILE\"}"},
                    {"b", "text/plain", Bytes(5'000, 'x') + "MARKER-FILE"}});
  world.settle();
  auto answer =
      world.at("commission")
          ->draft_answer(notice, AnswerStage::initial, std::vector<PayloadField>{{"outcome", "\"MARKER-OUTCOME\""}},
                         std::vector<PayloadFile>{{"report.json", "application/json", "{\"MARKER-FILE\":1}"}});
  REQUIRE(world.at("commission")
              ->say(world.cast.sign(answer->text, {"commission/officer-1"}), answer->sealed->ciphertext)
              .has_value());
  CHECK(found_in(world.at("commission")->open_content(notice).value()).size() >= 3);
  world.settle();

  // What went wrong is said, and not what it was: plaintext where ciphertext should be, words where codes should be.
  auto draft = world.at("service")->draft_notice(world.agreement, NoticeKind::attack, NoticeChange::first, std::nullopt,
                                                 std::vector<PayloadField>{{"title", "\"MARKER-GARBAGE\""}}, {});
  std::vector<Bytes> bad{"MARKER-GARBAGE", draft->sealed->plaintext};
  for (auto [from, to] : {std::pair("\"kind\":\"attack\"", "\"kind\":\"MARKER-GARBAGE\""),
                          std::pair("\"change\":\"first\"", "\"change\":{\"MARKER-GARBAGE\":1}"),
                          std::pair("\"payload\":\"", "\"payload\":\"MARKER-GARBAGE"),
                          std::pair("\"_sd\":[\"", "\"_sd\":[\"MARKER-GARBAGE"), std::pair("{", "{MARKER-GARBAGE"),
                          std::pair("scrutineer/notice/1", "scrutineer/MARKER-GARBAGE/1")}) {
    std::string text = draft->text;
    REQUIRE(text.find(from) != text.npos);
    text.replace(text.find(from), std::string(from).size(), to);
    bad.push_back(world.cast.sign(text, {"service/officer-1"}));
  }
  const Bytes good = world.cast.sign(draft->text, {"service/officer-1"});
  for (const std::string& name : world.names) {
    http::ClientOptions options;
    options.base = world.at(name).url();
    auto client = http::Client::make(options).value();
    auto post = [&](const std::string& path, const Bytes& body) {
      auto got = client->post(path, kEnvelopeType, body, 1u << 22);
      REQUIRE(got.has_value());
      answers.push_back(got->body);
    };
    for (const Bytes& note : bad) post(kEnvelopePath, write_envelope(std::vector<Bytes>{note}, {}).value());
    // Contents that are no ciphertext, under a name that a record gives them or not.
    post(kEnvelopePath,
         write_envelope(std::vector<Bytes>{good}, std::vector<Bytes>{draft->sealed->plaintext, "MARKER-GARBAGE"})
             .value());
    post(kEnvelopePath, "MARKER-GARBAGE");
    post("/notice/v1/MARKER-unknown", "MARKER-GARBAGE");
    post(kSealedPath, "MARKER-GARBAGE");
    for (const char* path : {"/notice/v1/entries?from=0", "/notice/v1/checkpoints?from=0", "/notice/v1/node",
                             "/checkpoint", "/tile/entries/000.p/1"})
      answers.push_back(client->get(path, 1u << 22).value().body);
  }
  world.settle();

  for (const std::string& body : answers) CHECK(found_in(body) == std::vector<std::string>());
  {
    std::lock_guard lock(world.told_mutex);
    for (const std::string& line : world.told) CHECK(found_in(line) == std::vector<std::string>());
  }
  std::size_t files = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(world.folder.path)) {
    CHECK(found_in(file.path().string()) == std::vector<std::string>());
    if (!file.is_regular_file()) continue;
    ++files;
    CAPTURE(file.path().string());
    CHECK(found_in(read_file(world.disk, file.path().string(), 1u << 30).value()) == std::vector<std::string>());
  }
  CHECK(files > 50);
}

}  // namespace scrutineer::testing
