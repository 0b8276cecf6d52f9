#include "core/merkle/witness.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/merkle/memory_tree_for_test.h"

namespace scrutineer {
namespace {

constexpr const char* kOrigin = "log.example/2026";

std::unique_ptr<Signer> signer(const std::string& word, KeyType type = KeyType::ed25519) {
  return make_signer(PrivateKey{type, SecretBytes::copy_of(sha256(word).view())}).value();
}
VerifierKey log_key(const std::string& word, const std::string& origin = kOrigin) {
  return make_vkey(origin, signer(word)->public_key()).value();
}

// The tree of "0", "1", ...; with `other`, its entry 3 is another one: a fork from size 4 on.
MemoryTree tree(std::uint64_t size, bool other = false) {
  MemoryTree out;
  for (std::uint64_t i = 0; i < size; ++i) out.add(other && i == 3 ? "else" : std::to_string(i));
  return out;
}
Checkpoint at(std::uint64_t size, bool other = false) {
  MemoryTree t = tree(size, other);
  return {kOrigin, size, t.mth(0, size)};
}
SignedCheckpoint signed_by(const Checkpoint& checkpoint, const std::string& word) {
  SignedNote note{to_text(checkpoint), {}};
  note.signatures.push_back(sign_note(note.text, checkpoint.origin, *signer(word)).value());
  return {checkpoint, note};
}
AddCheckpoint request(std::uint64_t old, std::uint64_t size, bool other = false) {
  MemoryTree t = tree(size, other);
  MerkleProof proof = old <= size ? consistency_proof(t, old, size).value() : MerkleProof{};
  return {old, proof, signed_by(at(size, other), "log")};
}

}  // namespace

TEST_CASE("a witness's decisions: every case of tlog-witness") {
  using Evidence = WitnessDecision::Evidence;
  auto with = [](AddCheckpoint r, auto&& change) {
    change(r);
    return r;
  };
  auto never = std::optional<Checkpoint>();
  auto badly_signed = [](AddCheckpoint& r) { r.checkpoint.note.signatures[0].signature[5] ^= 1; };
  auto wrong_empty = request(0, 0);
  wrong_empty.checkpoint = signed_by({kOrigin, 0, at(1).root}, "log");
  auto elsewhere = request(0, 5);
  elsewhere.checkpoint = signed_by({"other.example/log", 5, at(5).root}, "log");
  struct {
    const char* what;
    std::optional<Checkpoint> last;
    AddCheckpoint request;
    int status;
    const char* body = nullptr;
    Evidence evidence = Evidence::none;
  } rows[] = {
      {"the first checkpoint", never, request(0, 5), 200},
      {"the first, of an empty log", never, request(0, 0), 200},
      {"the log grew", at(5), request(5, 9), 200},
      {"from an empty log", at(0), request(0, 9), 200},
      {"the same again", at(5), request(5, 5), 200},
      {"a second signature by a stranger", at(5),
       with(request(5, 9),
            [](AddCheckpoint& r) {
              r.checkpoint.note.signatures.push_back(
                  sign_note(r.checkpoint.note.text, "stranger", *signer("s")).value());
            }),
       200},
      {"the log's newer key", at(5),
       with(request(5, 9), [](AddCheckpoint& r) { r.checkpoint = signed_by(r.checkpoint.checkpoint, "log 2"); }), 200},
      {"a log that it was not given", never, elsewhere, 404},
      {"signed by nobody known", at(5),
       with(request(5, 9), [](AddCheckpoint& r) { r.checkpoint = signed_by(r.checkpoint.checkpoint, "stranger"); }),
       403},
      {"signed badly", at(5), with(request(5, 9), badly_signed), 403},
      {"signed by one key, and badly by another", at(5),
       with(request(5, 9),
            [](AddCheckpoint& r) {
              NoteSignature second = sign_note(r.checkpoint.note.text, kOrigin, *signer("log 2")).value();
              second.signature[0] ^= 1;
              r.checkpoint.note.signatures.push_back(second);
            }),
       403},
      {"old above new", at(9), request(9, 5), 400},
      {"old is not what it saw last", at(5), request(4, 9), 409, "5\n"},
      {"old is above what it saw last", at(5), request(6, 9), 409, "5\n"},
      {"old given, nothing ever seen", never, request(4, 9), 409, "0\n"},
      {"asking for the size with old 0", at(5), request(0, 9), 409, "5\n"},
      {"a smaller tree than it has seen", at(9), request(5, 5), 409, "9\n"},
      {"an empty tree with another root", never, wrong_empty, 422, nullptr, Evidence::fork},
      {"a proof from the empty tree", never,
       with(request(0, 5), [](AddCheckpoint& r) { r.proof.push_back(r.checkpoint.checkpoint.root); }), 422},
      {"the same size, another root", at(5), request(5, 5, true), 422, nullptr, Evidence::fork},
      {"the same size, with a proof", at(5),
       with(request(5, 5), [](AddCheckpoint& r) { r.proof.push_back(at(5).root); }), 422, nullptr, Evidence::unproven},
      {"a fork that grew", at(5), request(5, 9, true), 422, nullptr, Evidence::unproven},
      {"no proof", at(5), with(request(5, 9), [](AddCheckpoint& r) { r.proof.clear(); }), 422, nullptr,
       Evidence::unproven},
      {"a proof that is one hash short", at(5), with(request(5, 9), [](AddCheckpoint& r) { r.proof.pop_back(); }), 422,
       nullptr, Evidence::unproven},
      {"unknown before badly signed", never, with(elsewhere, badly_signed), 404},
      {"badly signed before old above new", at(9), with(request(9, 5), badly_signed), 403},
      {"old above new before another size", at(3), request(9, 5), 400},
  };
  std::vector<VerifierKey> logs = {log_key("log"), log_key("log 2"), log_key("log", "third.example")};
  for (auto& row : rows) {
    CAPTURE(row.what);
    auto parsed = parse_add_checkpoint(to_bytes(row.request));
    REQUIRE(parsed.has_value());
    CHECK(to_bytes(*parsed) == to_bytes(row.request));
    WitnessDecision decision = decide(logs, row.last, *parsed);
    CHECK(static_cast<int>(decision.status) == row.status);
    CHECK(decision.evidence == row.evidence);
    CHECK(decision.body.empty() == (row.status == 200));
    CHECK((decision.type == "text/x.tlog.size") == (row.status == 409));
    if (row.body != nullptr) CHECK(decision.body == row.body);
  }
}

TEST_CASE("requests that do not parse") {
  const Bytes good = to_bytes(request(5, 9));
  const std::string hash = to_base64(at(5).root.view()) + "\n";
  const Bytes checkpoint = to_bytes(request(0, 9).checkpoint.note);
  auto lines = [&](std::size_t n) {
    Bytes out = "old 5\n";
    for (std::size_t i = 0; i < n; ++i) out += hash;
    return out + "\n" + checkpoint;
  };
  CHECK(parse_add_checkpoint(good));
  CHECK(parse_add_checkpoint(lines(63)));
  CHECK(parse_add_checkpoint("old 0\n\n" + checkpoint));
  const Bytes rows[] = {
      "",
      "old 5",
      "old 5\n",
      "old 5\n\n",
      "old 05\n\n" + checkpoint,
      "old -1\n\n" + checkpoint,
      "old  5\n\n" + checkpoint,
      "old\n\n" + checkpoint,
      "Old 5\n\n" + checkpoint,
      "old 5 \n\n" + checkpoint,
      "old 5\r\n\n" + checkpoint,
      "old 18446744073709551616\n\n" + checkpoint,
      "\n" + checkpoint,
      checkpoint,
      "old 5\n" + checkpoint,                          // the empty line is missing
      "old 5\nshort\n\n" + checkpoint,                 // no hash
      "old 5\n" + hash.substr(1) + "\n" + checkpoint,  // no base64
      "old 5\n " + hash + "\n" + checkpoint,
      "old 5\n\n\n" + checkpoint,
      lines(64),  // one line too many
      good.substr(0, good.size() - 1),
      good + "more\n",
      "old 5\n\n" + Bytes(70'000, 'x'),
      "old 5\n\n" + to_bytes(SignedNote{"o\n0\nnot base64\n", request(0, 9).checkpoint.note.signatures}),
      "old 5\n\n" + to_bytes(SignedNote{"o\n9\n" + hash + "extension\n", request(0, 9).checkpoint.note.signatures}),
  };
  for (const Bytes& row : rows) CHECK_MESSAGE(!parse_add_checkpoint(row), row);
  CHECK(refuse_request(parse_add_checkpoint("").error()).status == WitnessStatus::malformed);
}

TEST_CASE("what a witness answers is believed only where it is good") {
  auto key = signer("w", KeyType::cosignature_ed25519);
  VerifierKey vkey = make_vkey("w.example", key->public_key()).value();
  CHECK(vkey == cosigner_vkey("w.example", signer("w")->public_key()).value());
  const std::string text = to_text(at(9));
  auto line = [&](const std::string& name, Signer& by, std::int64_t time, const std::string& over) {
    Bytes out;
    append_signature_line(out, cosign(over, name, UnixSeconds{time}, by).value());
    return out;
  };
  const Bytes good = line("w.example", *key, 1'700'000'000, text);
  const Bytes stranger = line("x.example", *signer("x"), 5, text);
  CHECK(read_cosignature(good, text, vkey).value().time.value == 1'700'000'000);
  CHECK(read_cosignature(stranger + good, text, vkey).value().line.name == "w.example");
  CHECK(read_cosignature(good + line("w.example", *key, 1'800'000'000, text), text, vkey).value().time.value ==
        1'800'000'000);
  Bytes forged = line("w.example", *signer("x"), 5, text);  // another key id: a stranger of the same name
  struct {
    const char* what;
    Bytes body;
    ErrorCode code;
  } rows[] = {
      {"nothing", "", ErrorCode::malformed},
      {"words", "thank you\n", ErrorCode::malformed},
      {"no line feed", good.substr(0, good.size() - 1), ErrorCode::malformed},
      {"a stranger's", stranger, ErrorCode::bad_signature},
      {"another key under its name", forged, ErrorCode::bad_signature},
      {"over another checkpoint", line("w.example", *key, 5, to_text(at(8))), ErrorCode::bad_signature},
      {"good, and a bad one", good + line("w.example", *key, 5, to_text(at(8))), ErrorCode::bad_signature},
      {"a checkpoint of its own", to_bytes(request(0, 8).checkpoint.note), ErrorCode::malformed},
      {"too long", Bytes(kWitnessAnswerBytes + 1, 'x'), ErrorCode::limit_exceeded},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    auto read = read_cosignature(row.body, text, vkey);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == row.code);
  }
  CHECK(read_tree_size("17\n") == 17);
  for (const char* bad : {"", "\n", "17", "017\n", "17\n\n", "-1\n"}) CHECK_FALSE(read_tree_size(bad));
}

TEST_CASE("lists of logs and of witnesses") {
  std::string log = to_string(log_key("log"));
  std::string witness = to_string(cosigner_vkey("w.example", signer("w")->public_key()).value());
  auto logs = parse_log_keys("# ours\n\n" + log + "\n" + to_string(log_key("log 2")) + "\n").value();
  CHECK(logs == std::vector{log_key("log"), log_key("log 2")});
  CHECK(parse_log_keys("").value().empty());
  for (const std::string& bad :
       std::vector<std::string>{log, log + "\n" + log + "\n", witness + "\n", "no key\n", log + " x\n"})
    CHECK_MESSAGE(!parse_log_keys(bad), bad);

  auto list = parse_witnesses("# who\n" + witness + " https://w.example/x/\n").value();
  REQUIRE(list.size() == 1);
  CHECK(list[0].url == "https://w.example/x");
  std::string renamed = to_string(cosigner_vkey("w2.example", signer("w")->public_key()).value());
  for (const std::string& bad :
       {witness + "\n", witness + " \n", witness + " ftp://w\n", witness + " http://a b\n", log + " http://w\n",
        witness + " http://a\n" + witness + " http://b\n", witness + " http://a\n" + renamed + " http://b\n"})
    CHECK_MESSAGE(!parse_witnesses(bad), bad);
  std::string many;
  for (int i = 0; i < 16; ++i)
    many += to_string(cosigner_vkey("w" + std::to_string(i), signer("w" + std::to_string(i))->public_key()).value()) +
            " http://w\n";
  CHECK(parse_witnesses(many).error().code == ErrorCode::limit_exceeded);
  CHECK(origin_hash("example.com/log") == to_hex(sha256("example.com/log")));
}

}  // namespace scrutineer
