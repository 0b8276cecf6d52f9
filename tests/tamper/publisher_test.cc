// Somebody with the publisher's key and without the log's: claims, files and the signed list of files.
#include <doctest/doctest.h>

#include "core/merkle/tlog_proof.h"
#include "core/verify/manifest.h"
#include "tests/tamper/attack.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

// Files changed after the log was made, and the list signed again.
std::function<void(Forge&)> with(std::function<void(Files&)> change) {
  return [change](Forge& f) { f.files = change; };
}

std::string proof(std::uint32_t unit) {
  return proof_path(unit, 0);
}

// The first digit of the last line becomes another.
void change_figure(Bytes& csv) {
  std::size_t digit = csv.rfind(',') + 1;
  csv[digit] = csv[digit] == '1' ? '2' : '1';
}

}  // namespace

TEST_SUITE("publisher") {
  TEST_CASE("publisher: claim files") {
    run({
        {"a figure", with([](Files& out) { change_figure(out.at("claims/results-1.csv")); }), Answer::refused,
         CheckId::claimed_values, "claims/results-1.csv"},
        {"a figure, by the hash that the log holds",
         with([](Files& out) { change_figure(out.at("claims/results-1.csv")); }), Answer::refused, CheckId::claim,
         "is not the one that the signed claim names"},
        {"a space at the end", with([](Files& out) { out.at("claims/results.json") += " "; }), Answer::refused,
         CheckId::claimed_values, "claims/results.json"},
        {"another seat", with([](Files& out) {
           Bytes& seats = out.at("claims/seats.json");
           std::size_t at = seats.find_first_of("123456789", seats.find("seats"));
           seats[at] = seats[at] == '1' ? '2' : '1';
         }),
         Answer::refused, CheckId::claimed_values, "claims/seats.json"},
        {"a file taken away", with([](Files& out) { out.erase("claims/seats.json"); }), Answer::refused, CheckId::claim,
         "claims/seats.json"},
        {"a file added", with([](Files& out) { out["claims/results-final.csv"] = "we won\n"; }), Answer::refused,
         CheckId::claim, "no signed claim is about it"},
        {"two files exchanged",
         with([](Files& out) { std::swap(out.at("claims/results.json"), out.at("claims/seats.json")); }),
         Answer::refused, CheckId::claim, "claims/seats.json"},
        {"the files of an earlier claim",
         [](Forge& f) {
           Forge earlier;
           earlier.as_of = std::ssize(earlier.entries) - 1;
           Files old = earlier.make();
           f.files = [old](Files& out) {
             for (const auto& [path, bytes] : old)
               if (path.starts_with("claims/")) out[path] = bytes;
           };
         },
         Answer::refused, CheckId::claim, "is not the one that the signed claim names"},
    });
  }

  TEST_CASE("publisher: proofs") {
    run({
        {"of another unit", with([](Files& out) { out.at(proof(1)) = out.at(proof(2)); }), Answer::refused,
         CheckId::proofs, "it proves entry"},
        {"two exchanged", with([](Files& out) { std::swap(out.at(proof(1)), out.at(proof(2))); }), Answer::refused,
         CheckId::proofs, "it proves entry"},
        {"of another entry of the log", with([](Files& out) {
           TlogProof other = parse_tlog_proof(out.at(proof(1))).value();
           other.index = 0;
           out.at(proof(1)) = to_bytes(other);
         }),
         Answer::refused, CheckId::proofs, proof(1)},
        {"a hash changed", with([](Files& out) {
           TlogProof other = parse_tlog_proof(out.at(proof(1))).value();
           other.hashes[0].hash.bytes[0] ^= 1;
           out.at(proof(1)) = to_bytes(other);
         }),
         Answer::refused, CheckId::proofs, proof(1)},
        {"left out", with([](Files& out) { out.erase(proof(1)); }), Answer::refused, CheckId::proofs,
         "has no proof file"},
        {"no proof but a text", with([](Files& out) { out.at(proof(1)) = "trust us\n"; }), Answer::refused,
         CheckId::proofs, proof(1)},
        {"against a checkpoint that the log did not sign",
         [](Forge& f) {
           Forge other;
           other.log_key = "x~other";
           Bytes forged = other.make().at(proof(1));
           f.files = [forged](Files& out) { out.at(proof(1)) = forged; };
         },
         Answer::refused, CheckId::proofs, proof(1)},
        {"against another log's tree",
         [](Forge& f) {
           Forge other;
           std::swap(other.entries[other.setup()], other.entries[other.setup() + 1]);
           Bytes forked = other.make().at(proof(1));
           f.files = [forked](Files& out) { out.at(proof(1)) = forked; };
         },
         Answer::refused, CheckId::proofs, "does not continue its checkpoint"},
        {"of a unit that is not counted",
         [](Forge& f) {
           // Two sheets contradict each other, so that there is no proof; the publisher adds one of another sheet.
           const Station& station = f.stations()[0];
           CountSheet second = station.sheet;
           second.votes[0].second += 1;
           second.machine.reset(), second.hand.reset();
           f.entries.push_back(f.record(second, station.people()));
           f.files = [](Files& out) {
             REQUIRE_FALSE(out.contains(proof(1)));
             out[proof(1)] = out.at(proof(2));
           };
         },
         Answer::refused, CheckId::proofs, "no counted sheet"},
        {"under a second name of the same unit",
         with([](Files& out) { out["proof/02.tlog-proof"] = out.at(proof(1)); }), Answer::refused, CheckId::proofs,
         "no counted sheet"},
    });
  }

  TEST_CASE("publisher: the list of files") {
    run({
        {"signed by a station's chair", [](Forge& f) { f.manifest_signer = "d001/u00001/chair"; }, Answer::refused,
         CheckId::manifest_signature, "nobody who may publish"},
        {"signed by a root", [](Forge& f) { f.manifest_signer = "root-1"; }, Answer::refused,
         CheckId::manifest_signature, "nobody who may publish"},
        {"signed under the publisher's name with another key", [](Forge& f) { f.manifest_signer = "publisher~other"; },
         Answer::refused, CheckId::manifest_signature, "nobody who may publish"},
        {"garbage under the publisher's name", [](Forge& f) { f.manifest_signer = "!publisher"; }, Answer::refused,
         CheckId::manifest_signature, "does not verify"},
        {"of another election", [](Forge& f) { f.manifest_election = Forge(7).simulated().election(); },
         Answer::refused, CheckId::definition, "another election"},
    });
  }

  // What nobody recomputes is covered by the signature on the list alone.
  TEST_CASE("publisher: pages for people are what the publisher says") {
    run({
        {"a page with other figures", with([](Files& out) { out["en/index.html"] = "<p>we won</p>"; }), Answer::unseen},
        {"a press release", with([](Files& out) { out["press/release.html"] = "<p>we won</p>"; }), Answer::unseen},
    });
  }
}
