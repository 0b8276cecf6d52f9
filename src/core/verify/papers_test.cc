// Scanned papers in a bundle: commitments that have the signed root, releases that show what was committed to, and
// whoever shows or lists something else.
#include <doctest/doctest.h>

#include "core/scan/ballot_pack.h"
#include "tests/support/bundle.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

const BatchSecret kSecret{sha256("seed")};

std::string masked_of(std::size_t i) {
  return "picture " + std::to_string(i);
}

std::string opening_of(std::size_t i) {
  BallotOpening opening;
  opening.id = BallotId(to_hex(sha256(std::to_string(i))).substr(0, 32));
  opening.image = sha256("image " + std::to_string(i));
  opening.masked = sha256(masked_of(i));
  opening.reading.contests = {{0, Decision::counted, {static_cast<std::uint16_t>(i % 3)}, {}, 900}};
  opening.salt = ballot_salt(kSecret, opening.id);
  return opening_json(opening);
}

// A night with one batch of 120 papers, an order to show two of them, and their release.
struct Night {
  explicit Night(std::int64_t sheets = 120, const char* device = "sorter-1") : script(country()) {
    script.run(R"(
      G-pub: grant pub publisher / * by root-1 root-2
      G-clerk: grant clerk clerk / * by root-1 root-2
      G-s: grant sorter-1 sorter / * by root-1 root-2
      G-c: grant court court / * by root-1 root-2
      A1: sheet a1 mayor A=40 B=40 C=40 by clerk
    )");
    std::vector<LeafHash> leaves;
    for (std::int64_t i = 0; i < sheets; ++i) leaves.push_back(leaf_hash(opening_of(static_cast<std::size_t>(i))));
    manifest = ballots_manifest(leaves);
    const BallotTree tree{std::move(leaves)};
    BallotBatch batch;
    batch.unit = UnitId("a1");
    batch.device = device;
    batch.sheets = batch.pictures = sheets;
    const std::int64_t third = sheets / 3;
    batch.contests = {{ContestId("mayor"), third * 3,
                       OptionVotes{{OptionId("A"), third}, {OptionId("B"), third}, {OptionId("C"), third}}, 0, 0, 0}};
    batch.ballots = tree.root().hash;
    batch.manifest = blob_of(manifest, "text/plain");
    batch_id = say(batch, "sorter-1");
    ReleaseOrder order{batch_id, {tree.leaves()[7], tree.leaves()[2]}, "Court, 2026-1", "recount"};
    order_id = say(order, "court");
    pack = make_ballot_pack({shown(tree, 7), shown(tree, 2)}).value();
  }
  ShownBallot shown(const BallotTree& tree, std::size_t i) const {
    return {{batch_id, i, tree.size(), opening_of(i), tree.proof(i)}, masked_of(i)};
  }
  RecordId say(RecordBody body, const char* who) {
    const std::string text = script.world().text(std::move(body), "2025-06-03T21:30:00Z");
    script.world().append(text, {who});
    return record_id(text);
  }
  Bundle bundle(bool with_manifest = true, bool with_pack = true, std::int64_t ballots = 2) {
    say(ImageRelease{order_id, blob_of(pack, "application/x-tar"), ballots}, "pub");
    Bundle bundle = publish(script);
    if (with_manifest) bundle.source.files[blob_path(blob_hash(manifest))] = manifest;
    if (with_pack) bundle.source.files[blob_path(blob_hash(pack))] = pack;
    bundle.seal(script.world());
    return bundle;
  }
  static Country country() {
    Country country;
    country.scanned_papers = true;
    return country;
  }

  Script script;
  std::string manifest;
  RecordId batch_id, order_id;
  Bytes pack;
};

std::string said(const Report& report, Severity severity) {
  std::string out;
  for (const Finding& finding : report.findings())
    if (finding.check == CheckId::papers && finding.severity == severity) out += finding.message + "\n";
  return out;
}

std::string fact(const Report& report, std::string_view name) {
  for (const auto& [key, value] : report.facts)
    if (key == name) return value;
  return "no such fact";
}

}  // namespace

TEST_CASE("papers in a bundle: shown, counted, and checked against what was signed") {
  Night night;
  const Report report = night.bundle().verify();
  CHECK(Bundle::failures(report) == "");
  CHECK(said(report, Severity::notice) == "");
  CHECK(report[CheckId::papers].checked == 3);
  CHECK(fact(report, "batches of scanned papers") == "1 with 120 papers; replaced: 0");
  CHECK(fact(report, "orders to show ballots") == "1");
  CHECK(fact(report, "ballots shown") == "2 in 1 releases");
  // A bundle holds no picture and no reading but those of the order.
  CHECK(report.to_text(10).find("scanned papers are what was signed about them") != std::string::npos);
}

TEST_CASE("papers in a bundle: an election without scanned papers says nothing about them") {
  Script script;
  script.run("G-pub: grant pub publisher / * by root-1 root-2");
  const Report report = publish(script).verify();
  CHECK(report[CheckId::papers].checked == 0);
  CHECK(fact(report, "ballots shown") == "no such fact");
}

TEST_CASE("papers in a bundle: what is missing is said, and nothing is wrong") {
  Night night;
  const Report report = night.bundle(false, false).verify();
  CHECK(Bundle::failures(report) == "");
  const std::string notices = said(report, Severity::notice);
  CHECK(notices.find("the list of this batch's ballots is not here") != std::string::npos);
  CHECK(notices.find("what was shown is not here") != std::string::npos);
}

TEST_CASE("papers in a bundle: a list with another root, and packs that show something else") {
  struct Case {
    std::string what;
    std::function<void(Night&)> change;
    std::string failure;
  };
  auto with_leaves = [](Night& night, auto change) {
    std::vector<LeafHash> leaves = parse_ballots_manifest(night.manifest).value();
    change(leaves);
    // The record goes on naming the list by its hash: whoever changes the list has to sign another record.
    BallotBatch batch;
    batch.unit = UnitId("a2");
    batch.device = "sorter-1";
    batch.sheets = batch.pictures = 120;
    batch.contests = {{ContestId("mayor"), 0, std::nullopt, 0, 0, 0}};
    batch.ballots = BallotTree(parse_ballots_manifest(night.manifest).value()).root().hash;
    night.manifest = ballots_manifest(leaves);
    batch.manifest = blob_of(night.manifest, "text/plain");
    night.say(batch, "sorter-1");
  };
  const Case cases[] = {
      {"two ballots changed places", [&](Night& n) { with_leaves(n, [](auto& l) { std::swap(l[0], l[1]); }); },
       "does not have the root"},
      {"a ballot was left out", [&](Night& n) { with_leaves(n, [](auto& l) { l.pop_back(); }); },
       "the list has 119 ballots"},
      {"a ballot stands twice", [&](Night& n) { with_leaves(n, [](auto& l) { l[1] = l[0]; }); },
       "stands in the list twice"},
      {"a ballot that nobody ordered",
       [](Night& n) {
         const BallotTree tree(parse_ballots_manifest(n.manifest).value());
         n.pack = make_ballot_pack({n.shown(tree, 7), n.shown(tree, 2), n.shown(tree, 3)}).value();
       },
       "the order does not name this ballot"},
      {"a ballot that was ordered is not there",
       [](Night& n) {
         const BallotTree tree(parse_ballots_manifest(n.manifest).value());
         n.pack = make_ballot_pack({n.shown(tree, 7)}).value();
       },
       "the order names this ballot, and it is not shown"},
      {"another picture",
       [](Night& n) {
         const BallotTree tree(parse_ballots_manifest(n.manifest).value());
         ShownBallot other = n.shown(tree, 2);
         other.masked = "another picture";
         n.pack = make_ballot_pack({n.shown(tree, 7), other}).value();
       },
       "its picture is not the one that was committed to"},
      {"no archive", [](Night& n) { n.pack = "not an archive"; }, "it is not shown"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Night night;
    c.change(night);
    const std::string failures = said(night.bundle().verify(), Severity::failure);
    CAPTURE(failures);
    CHECK((c.failure.empty() ? failures.empty() : failures.find(c.failure) != std::string::npos));
  }
  Night counts;
  CHECK(said(counts.bundle(true, true, 3).verify(), Severity::failure).find("does not show as many") !=
        std::string::npos);
}

TEST_CASE("papers in a bundle: votes and orders are about ballots of their batch") {
  Night night;
  const LeafHash stranger{sha256("no ballot")};
  night.script.run("G-ch: grant chair-1 chair / * by root-1 root-2");
  const RecordId vote = night.say(CommitteeVote{night.batch_id, stranger, ContestId("mayor"), CommitteeQuestion::valid,
                                                5, 3, false, true, PaperDecision::counted},
                                  "chair-1");
  night.say(ReleaseOrder{night.batch_id, {stranger}, "Court", "why"}, "court");
  night.say(Adjudication{night.batch_id, sha256("d"), 1, {{ContestId("mayor"), 120, {}, 0, 0, 0}}, {vote}, {}, {}},
            "chair-1");
  night.say(Adjudication{night.batch_id,
                         sha256("e"),
                         1,
                         {{ContestId("mayor"), 120, {}, 0, 0, 0}},
                         {RecordId{sha256("no vote")}},
                         {},
                         {}},
            "chair-1");
  const Report report = night.bundle().verify();
  const std::string failures = said(report, Severity::failure), notices = said(report, Severity::notice);
  CAPTURE(failures);
  CHECK(std::count(failures.begin(), failures.end(), '\n') == 2);
  CHECK(failures.find("it names a ballot that the batch has not: " + to_hex(stranger)) != std::string::npos);
  CHECK(std::count(notices.begin(), notices.end(), '\n') == 1);
  CHECK(notices.find("a committee's vote that is not in effect") != std::string::npos);
  CHECK(report[CheckId::papers].checked == 7);
}

TEST_CASE("papers in a bundle: few papers, and a machine that did not sign") {
  Night few(30);
  CHECK(said(few.bundle().verify(), Severity::notice).find("of a batch of fewer than 100 papers") != std::string::npos);
  Night other(120, "sorter-2");
  CHECK(said(other.bundle().verify(), Severity::notice).find("names the machine sorter-2, which did not sign it") !=
        std::string::npos);
}
