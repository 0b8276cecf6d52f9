#include "core/merkle/policy.h"

#include <doctest/doctest.h>

#include "core/crypto/hash.h"
#include "core/merkle/memory_tree_for_test.h"
#include "core/merkle/tlog_proof.h"

namespace scrutineer {
namespace {

constexpr const char* kOrigin = "example.org/log";

std::unique_ptr<Signer> signer(std::string_view seed) {
  return make_signer(PrivateKey{KeyType::ed25519, SecretBytes::copy_of(sha256(seed).view())}).value();
}
std::string log_line() {
  return "log " + to_string(make_vkey(kOrigin, signer("log")->public_key()).value()) + "\n";
}
std::string witness_line(const std::string& name) {
  return "witness " + name + " " + to_string(cosigner_vkey(name + ".example", signer(name)->public_key()).value()) +
         "\n";
}
SignedCheckpoint checkpoint_of(const MemoryTree& tree, std::initializer_list<const char*> cosigners) {
  Checkpoint checkpoint{kOrigin, tree.size(), tree.mth(0, tree.size())};
  SignedNote note = sign_checkpoint(checkpoint, *signer("log")).value();
  for (std::string name : cosigners)
    note.signatures.push_back(cosign(note.text, name + ".example", UnixSeconds{100}, *signer(name)).value());
  return {checkpoint, note};
}

// Two of X1..X3 and one of Y1, Y2: the specification's example.
std::string example() {
  return "# an example\n" + log_line() + "\n" + witness_line("X1") + witness_line("X2") + witness_line("X3") +
         "group X 2 X1 X2 X3\n" + witness_line("Y1") + witness_line("Y2") +
         " \tgroup Y any Y1 Y2 \ngroup X-and-Y all X Y\nquorum X-and-Y\n";
}

}  // namespace

TEST_CASE("witnessed k of n") {
  struct Row {
    std::initializer_list<const char*> cosigners;
    std::size_t k;
    bool met;
  };
  const Row rows[] = {{{}, 0, false},           {{"X1", "X2", "Y1"}, 3, true}, {{"X1", "X2"}, 2, false},
                      {{"X3", "Y1"}, 2, false}, {{"X2", "X3", "Y2"}, 3, true}, {{"X1", "Z", "Y2", "X1"}, 2, false}};
  Policy policy = parse_policy(example()).value();
  MemoryTree tree = small_tree(5);
  for (const Row& row : rows) {
    Witnessing seen = evaluate(policy, checkpoint_of(tree, row.cosigners)).value();
    CHECK(seen.cosigned == row.k);
    CHECK(seen.known == 5);
    CHECK(seen.quorum_required);
    CHECK(seen.quorum_met == row.met);
  }
}

TEST_CASE("a policy without witnesses is allowed and says so") {
  Policy policy = parse_policy(log_line() + "quorum none\n").value();
  Witnessing seen = evaluate(policy, checkpoint_of(small_tree(3), {"X1"})).value();
  CHECK(seen.cosigned == 0);
  CHECK_FALSE(seen.quorum_required);
  CHECK(seen.quorum_met);
}

TEST_CASE("checkpoints that a policy rejects") {
  Policy policy = parse_policy(example()).value();
  SignedCheckpoint good = checkpoint_of(small_tree(3), {"X1"});
  SignedCheckpoint bad = good;
  bad.note.signatures[0].signature[5] ^= 1;
  CHECK(evaluate(policy, bad).error().code == ErrorCode::bad_signature);
  bad = good;
  bad.note.signatures[1].signature[20] ^= 1;  // a bad signature by a known witness rejects the note
  CHECK(evaluate(policy, bad).error().code == ErrorCode::bad_signature);
  bad = good;
  bad.note.signatures.erase(bad.note.signatures.begin());
  CHECK(evaluate(policy, bad).error().code == ErrorCode::bad_signature);
  CHECK(evaluate(parse_policy("quorum none\n").value(), good).error().code == ErrorCode::unauthorised);
}

TEST_CASE("policies that are refused, with the line") {
  struct Row {
    std::string text;
    const char* where;
  };
  const std::string w = witness_line("A") + witness_line("B");
  const Row rows[] = {
      {"", ""},
      {"quorum none", ""},
      {"quorum none\nquorum none\n", "line 2"},
      {"quorum A\n", "line 1"},
      {"quorum X\n" + w + "group X any A B\n", "line 1"},
      {w + "group X 3 A B\nquorum X\n", "line 3"},
      {w + "group X 0 A B\nquorum X\n", "line 3"},
      {w + "group X 01 A B\nquorum X\n", "line 3"},
      {w + "group X any\nquorum X\n", "line 3"},
      {w + "group X any A A\nquorum X\n", "line 3"},
      {w + "group X any A\ngroup Y any A B\nquorum Y\n", "line 4"},
      {w + "group A any B\nquorum A\n", "line 3"},
      {w + "group none any B\nquorum none\n", "line 3"},
      {w + "group X any none\nquorum X\n", "line 3"},
      {w + witness_line("A") + "quorum A\n", "line 3"},
      {log_line() + log_line() + "quorum none\n", "line 2"},
      {"log nonsense\nquorum none\n", "line 1"},
      {"witness A " + log_line().substr(4) + "quorum none\n", "line 1"},
      {"log " + witness_line("A").substr(10) + "quorum none\n", "line 1"},
      {"unknown A\nquorum none\n", "line 1"},
      {"quorum none\r\n", "line 1"},
  };
  for (const Row& row : rows) {
    auto policy = parse_policy(row.text);
    CHECK_MESSAGE(!policy, row.text);
    if (!policy) CHECK_MESSAGE(policy.error().where == row.where, row.text);
  }
}

TEST_CASE("proof files, both ways, and every byte of one spoiled") {
  MemoryTree tree = small_tree(11);
  Policy policy = parse_policy(example()).value();
  TlogProof proof{std::nullopt, 4, inclusion_proof(tree, 4, 11).value(), checkpoint_of(tree, {"X1", "X2", "Y2"})};
  Bytes file = to_bytes(proof);
  TlogProof parsed = parse_tlog_proof(file).value();
  CHECK(to_bytes(parsed) == file);
  CHECK(verify_tlog_proof(parsed, tree.leaf(4), policy).value().quorum_met);
  CHECK_FALSE(verify_tlog_proof(parsed, tree.leaf(5), policy));
  for (std::size_t i = 0; i < file.size(); ++i) {
    Bytes bad = file;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    auto again = parse_tlog_proof(bad);
    if (!again) continue;
    // A spoiled cosigner's name or key id makes that line unknown, nothing else may pass with the quorum.
    auto seen = verify_tlog_proof(*again, tree.leaf(4), policy);
    CHECK_MESSAGE((!seen || !seen->quorum_met), i);
  }
}

TEST_CASE("proof files: the grammar") {
  MemoryTree tree = small_tree(2);
  Bytes note = to_bytes(checkpoint_of(tree, {}).note);
  std::string hash = to_base64(tree.leaf(1).view()) + "\n";
  std::string head = "c2sp.org/tlog-proof@v1\n";
  CHECK(parse_tlog_proof(head + "index 0\n" + hash + "\n" + note));
  CHECK(parse_tlog_proof(head + "extra AAAA\nindex 0\n" + hash + "\n" + note).value().extra == Bytes(3, '\0'));
  for (const std::string& bad :
       {head, head + "index 0\n" + hash, head + "index 00\n" + hash + "\n" + note,
        head + "index\n" + hash + "\n" + note, head + "extra *\nindex 0\n" + hash + "\n" + note,
        head + "index 0\n" + hash + note, head + "index 0\n\n" + hash + "\n" + note,
        "c2sp.org/tlog-proof@v2\nindex 0\n" + hash + "\n" + note, head + "index 0\n" + hash.substr(4) + "\n" + note})
    CHECK_MESSAGE(!parse_tlog_proof(bad), bad);
}

}  // namespace scrutineer
