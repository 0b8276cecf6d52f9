// A small bundle, whole and then spoilt, by outsiders and by whoever holds the log's or the publisher's key.
#include <doctest/doctest.h>

#include "tests/support/bundle.h"

using namespace scrutineer;
using namespace scrutineer::testing;

namespace {

constexpr std::string_view kNight = R"(
  G-pub: grant pub publisher / * by root-1 root-2
  G-clerk: grant clerk clerk / * by root-1 root-2
  G-co: grant coord coordinator / * by root-1 root-2
  A1: sheet a1 mayor A=10 B=5 C=1 by clerk
  A2: sheet a2 mayor A=0 B=1 C=1 by clerk
  B1: sheet b1 mayor A=1 B=1 C=0 by clerk
  K: sheet a1 council X=6 Y=4 by clerk
)";

bool says(const std::string& failures, std::string_view words) {
  CAPTURE(failures);
  bool found = failures.find(words) != failures.npos;
  CHECK(found);
  return found;
}

// The log of the bundle goes on; claims and proofs stay what they were.
void go_on(Script& script, Bundle& bundle) {
  auto& files = bundle.source.files;
  std::erase_if(files, [](const auto& file) { return file.first.starts_with("tile/"); });
  put_tiles(script.world().entries(), bundle.source);
  bundle.seal(script.world());
}

// A source that shows one file to whoever asks first and another to whoever asks again.
class TwoFaced final : public BundleSource {
 public:
  TwoFaced(MapSource first, MapSource later) : first_(std::move(first)), later_(std::move(later)) {}
  Result<std::vector<std::string>> list() override { return later_.list(); }
  Result<Bytes> read(const std::string& path, std::size_t limit) override {
    return (asked_[path]++ == 0 ? first_ : later_).read(path, limit);
  }

 private:
  MapSource first_, later_;
  std::map<std::string, int> asked_;
};

}  // namespace

TEST_CASE("bundle: an honest one is verified") {
  Script script;
  script.run(kNight);
  Report report = publish(script).verify();
  CHECK(Bundle::failures(report) == "");
  CHECK(report.good());
  CHECK(report[CheckId::sheets].checked == 4);
  CHECK(report[CheckId::proofs].checked == 4);
  CHECK(report[CheckId::claimed_values].checked == 4);
}

TEST_CASE("bundle: three hundred entries, so that tiles have levels") {
  Script script;
  script.run(kNight);
  for (int i = 0; i < 300; ++i) script.world().append(script.text("A1"), {"clerk", "s" + std::to_string(i)});
  script.run("B2: sheet b1 council X=1 Y=1 by clerk");
  Report report = publish(script).verify();
  CHECK(Bundle::failures(report) == "");
}

TEST_CASE("bundle: every single byte counts") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  for (const auto& [path, bytes] : bundle.source.files) {
    if (path == "manifest") continue;
    CAPTURE(path);
    Bundle spoilt = bundle;
    spoilt.source.files[path].back() = static_cast<char>(bytes.back() ^ 1);
    auto plan = Plan::open(spoilt.source, parse_trust(spoilt.trust).value());
    if (plan) CHECK_FALSE(spoilt.verify().good());  // or it could not even be opened
    Bundle without = bundle;
    without.source.files.erase(path);
    plan = Plan::open(without.source, parse_trust(without.trust).value());
    if (plan) CHECK_FALSE(without.verify().good());
  }
}

TEST_CASE("bundle: the publisher's key alone does not make another result") {
  Script script;
  script.run(kNight);
  struct Case {
    std::string what;
    std::function<void(std::map<std::string, Bytes>&)> tamper;
    std::string finding;
  };
  const Case cases[] = {
      {"ten votes more",
       [](auto& files) {
         Bytes& csv = files["claims/results-1.csv"];
         csv.replace(csv.find(",11,7,2"), 7, ",21,7,2");
       },
       "claims/results-1.csv, /"},
      {"another winner",
       [](auto& files) {
         Bytes& json = files["claims/seats.json"];
         json.replace(json.find(R"("A":1,"B":0)"), 11, R"("A":0,"B":1)");
       },
       "claims/seats.json"},
      {"a claim left out", [](auto& files) { files.erase("claims/seats.json"); }, "does not name claims/seats.json"},
      {"a claim of their own", [](auto& files) { files["claims/final.csv"] = "A won\n"; }, "cannot recompute"},
      {"nothing but a space", [](auto& files) { files["claims/results.json"] += " "; }, "claims/results.json"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    Script again;
    again.run(kNight);
    says(Bundle::failures(publish(again, c.tamper).verify()), c.finding);
  }
}

TEST_CASE("bundle: files that the manifest adds among the claims are noticed, whoever signed the manifest") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  bundle.source.files["claims/results-final.csv"] = "Ann,1000000\n";
  says(Bundle::failures(bundle.verify()), "extra-files | claims/results-final.csv");
  bundle.seal(script.world());
  says(Bundle::failures(bundle.verify()), "no signed claim is about it");
}

TEST_CASE("bundle: a claim that is older than the log says so") {
  Script script;
  script.run(kNight);
  Bundle early = publish(script);
  script.run("A1b: sheet a1 mayor A=5 B=10 C=1 replaces A1 by clerk");
  go_on(script, early);
  Report report = early.verify();
  CHECK(Bundle::failures(report) == "");
  bool told = std::any_of(report.findings().begin(), report.findings().end(), [](const Finding& f) {
    return f.check == CheckId::claim && f.message.find("1 records took effect since") != std::string::npos;
  });
  CHECK(told);
}

TEST_CASE("bundle: proofs are of what counts for the claim or at the end of the log, and of nothing else") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  script.run(R"(
    A1b: sheet a1 mayor A=5 B=10 C=1 replaces A1 by clerk
    S1: sheet s1 mayor A=1 B=0 C=0 by clerk
    B1b: sheet b1 mayor A=3 B=0 C=0 by clerk   # in conflict from here on
  )");
  go_on(script, bundle);
  auto rows = [&](const char* unit) {
    const UnitTree& tree = script.world().election().tree();
    return tree.units()[*tree.find_unit(UnitId(unit))].row;
  };
  const std::string a1 = proof_path(rows("a1"), 0), a2 = proof_path(rows("a2"), 0), b1 = proof_path(rows("b1"), 0),
                    s1 = proof_path(rows("s1"), 0), s2 = proof_path(rows("s2"), 0);
  auto verdict = [&](const std::function<void(std::map<std::string, Bytes>&)>& change) {
    Bundle changed = bundle;
    change(changed.source.files);
    changed.seal(script.world());
    return Bundle::failures(changed.verify());
  };
  CHECK(verdict([](auto&) {}) == "");  // a1's is of the sheet that the claim counts, s1 has none yet
  MapSource now;
  now.files["checkpoint"] = bundle.source.files["checkpoint"];
  put_proofs(script.world(), script.fold(), now);
  CHECK(verdict([&](auto& files) { files[a1] = now.files[a1], files[s1] = now.files[s1], files.erase(b1); }) == "");
  says(verdict([&](auto& files) { files[a1] = files[a2]; }), "it proves entry");
  says(verdict([&](auto& files) { files[s1] = files[a2]; }), "it proves entry");
  says(verdict([&](auto& files) { files[s2] = files[a2]; }), "of no counted sheet");
  says(verdict([&](auto& files) { files.erase(a1); }), "has no proof file");
}

TEST_CASE("bundle: a file that a record names may be missing, and is not passed over in silence") {
  Country country;
  country.counting_centre = true;
  Script script(country);
  script.run(kNight);
  script.run("G-m: grant member-9 member / * by root-1 root-2\nG-o: grant observer-9 observer / * by root-1 root-2");
  const Bytes photograph = "a photograph", count = "a count";
  auto say = [&](RecordBody body, const char* who) {
    script.world().append(script.world().text(std::move(body)), {who});
  };
  say(Attachment{UnitId("a1"), ContestId("mayor"), blob_of(photograph, "image/jpeg"), ""}, "member-9");
  say(IndependentTally{"/", {blob_hash(count), 1'000, "text/csv"}, ""}, "observer-9");
  say(Attachment{UnitId("a2"), ContestId("mayor"), blob_of("another", "image/jpeg"), ""}, "nobody");
  Bundle bundle = publish(script);
  auto notices = [&] {
    bundle.seal(script.world());
    Report report = bundle.verify();
    CHECK(Bundle::failures(report) == "");
    std::string out;
    for (const Finding& finding : report.findings())
      if (finding.check == CheckId::files) out += finding.where + ": " + finding.message + "\n";
    return out;
  };
  std::string missing = notices();
  CHECK(std::count(missing.begin(), missing.end(), '\n') == 2);
  says(missing, blob_path(blob_hash(photograph)) + ": this file is not here");
  bundle.source.files[blob_path(blob_hash(photograph))] = photograph;
  bundle.source.files[blob_path(blob_hash(count))] = count;
  std::string other_size = notices();
  CHECK(std::count(other_size.begin(), other_size.end(), '\n') == 1);
  says(other_size, "it has 7 bytes, and entry");
  // What its name does not say is a failure, whoever names it.
  bundle.source.files[blob_path(blob_hash(photograph))] = "another photograph";
  bundle.seal(script.world());
  says(Bundle::failures(bundle.verify()), "not the one that its name says");
}

TEST_CASE("bundle: who may sign the manifest") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  for (const char* name : {"clerk", "nobody", "root-1", "pub~nobody"}) {
    CAPTURE(name);
    bundle.publisher = name;
    bundle.seal(script.world());
    says(Bundle::failures(bundle.verify()), "manifest-signature");
  }
  bundle.publisher = "!pub";
  bundle.seal(script.world());
  says(Bundle::failures(bundle.verify()), "does not verify");
}

TEST_CASE("bundle: a revoked or compromised publisher signs no manifest") {
  for (const char* line : {"X: revoke G-pub by root-1 root-2", "X: compromised pub since 1 by root-1 root-3"}) {
    Script script;
    script.run(kNight);
    script.run("G-pub2: grant pub2 publisher / * by root-1 root-2");
    script.run(line);
    Bundle bundle = publish(script);
    says(Bundle::failures(bundle.verify()), "manifest-signature");
  }
}

TEST_CASE("bundle: sheets signed by a clerk are transcribed, whatever they say of themselves") {
  Script script;
  script.run(kNight);  // "by-hand" on every sheet
  Report report = publish(script).verify();
  auto fact = std::find_if(report.facts.begin(), report.facts.end(),
                           [](const auto& f) { return f.first.starts_with("transcribed"); });
  REQUIRE(fact != report.facts.end());
  CHECK(fact->second == "4");
}

TEST_CASE("bundle: the log's key alone makes no sheet and hides none") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  // An operator who leaves out the last sheet and signs the shorter log, for somebody who has kept a checkpoint.
  Script shorter;
  shorter.run(kNight.substr(0, kNight.find("  K:")));
  Bundle other = publish(shorter);
  other.trust.seen = {{"kept", bundle.source.files["checkpoint"]}};
  std::string failures = Bundle::failures(other.verify());
  says(failures, "seen | kept");
  // An entry that a log takes in without anybody's signature is shown and counts nothing.
  script.run("F: sheet s1 mayor A=1000 B=0 C=0 by operator");
  Bundle forged = publish(script);
  Report report = forged.verify();
  CHECK(report.good());
  CHECK(report[CheckId::sheets].checked == 4);
  CHECK(report[CheckId::entries].notices > 0);
}

TEST_CASE("bundle: a checkpoint's size does not decide how much memory is taken") {
  Script script;
  script.run(kNight);
  Bundle bundle = publish(script);
  for (std::uint64_t size :
       {std::uint64_t{1} << 31, std::uint64_t{1} << 40, ~std::uint64_t{0}, std::uint64_t{1'100'000}}) {
    CAPTURE(size);
    Checkpoint checkpoint{Bundle::kOrigin, size, {}};
    bundle.source.files["checkpoint"] = to_bytes(sign_checkpoint(checkpoint, *signer_from("anybody")).value());
    bundle.seal(script.world());
    auto plan = Plan::open(bundle.source, parse_trust(bundle.trust).value());
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().code == ErrorCode::limit_exceeded);
  }
}

TEST_CASE("bundle: a tile that changes between two readings does not cover for other entries") {
  Script script;
  script.run(kNight);
  for (int i = 0; i < 300; ++i) script.world().append(script.text("A1"), {"clerk", "s" + std::to_string(i)});
  Bundle bundle = publish(script);
  // The publisher puts one entry in another's place, where it changes no figure, and makes all tiles anew.
  std::vector<Bytes> entries = script.world().entries();
  entries[20] = World::entry(script.text("A1"), {"clerk", "somebody-else"});
  MapSource forged;
  put_tiles(entries, forged);
  const std::string top = tile_path({1, 0, 1});
  Bytes honest_top = bundle.source.files.at(top);
  for (const std::string& path : {bundle_path({0, 256}), tile_path({0, 0, 256}), top})
    bundle.source.files[path] = forged.files.at(path);
  bundle.seal(script.world());
  says(Bundle::failures(bundle.verify()), "root | checkpoint");
  // Then the root is what the log signed, for whoever reads the upper tile first and the lower ones later.
  MapSource first = bundle.source;
  first.files[top] = honest_top;
  TwoFaced source(first, bundle.source);
  auto plan = Plan::open(source, parse_trust(bundle.trust).value());
  REQUIRE(plan.has_value());
  Part part;
  for (std::size_t file = 0; file < (*plan)->files(); ++file) (*plan)->check(file, part);
  says(Bundle::failures(conclude(**plan, std::move(part))), "tiles | " + top);
}
