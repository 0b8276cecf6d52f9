// The authority as attacker: it holds the log's key, the publisher's, a coordinator's and the keys of unit 1, and
// builds a bundle that is consistent in itself. It does not hold the keys of the other units, nor enough roots.
#include <doctest/doctest.h>

#include "tests/tamper/attack.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

namespace {

const std::string kCoordinator = "d001/coordinator";

// The victim: a unit whose people do not take part. And one whose people do.
const Station& victim(const Forge& f) {
  return f.stations()[1];
}
const Station& accomplice(const Forge& f) {
  return f.stations()[0];
}

// A sheet that moves ten votes from the strongest list to the weakest.
CountSheet moved(CountSheet sheet, std::int64_t votes = 10) {
  auto by_votes = [](const auto& a, const auto& b) { return a.second < b.second; };
  auto most = std::max_element(sheet.votes.begin(), sheet.votes.end(), by_votes);
  auto least = std::min_element(sheet.votes.begin(), sheet.votes.end(), by_votes);
  votes = std::min(votes, most->second);
  most->second -= votes;
  least->second += votes;
  sheet.machine.reset();
  sheet.hand.reset();
  return sheet;
}

// Entry `at` replaced by the victim's sheet with other figures, signed so; what the claims would like is the same
// sheet signed by the victim's own people.
void forge_sheet(Forge& f, const std::vector<std::string>& signers) {
  const Station& station = victim(f);
  CountSheet sheet = moved(station.sheet);
  f.pretended = f.entries;
  f.pretended[station.entry] = f.record(sheet, station.people());
  f.entries[station.entry] = f.record(sheet, signers);
}

CountSheet correction(const Station& station) {
  CountSheet sheet = moved(station.sheet);
  sheet.replaces = std::nullopt;
  return sheet;
}
CountSheet replacing(const Forge& f, const Station& station) {
  CountSheet sheet = correction(station);
  sheet.replaces = record_id(entry_text(f.entries[station.entry]));
  sheet.reason = "counted again";
  return sheet;
}

Grant grant(const Forge& f, const std::string& name, const char* role, const std::string& units) {
  return Grant{f.vkey(name), Role(role), {{units}, {"*"}}};
}

void run(const std::vector<Attack>& rows) {
  for (const Attack& row : rows) try_attack(row);
}

Bytes sheet_of(const Forge& other, std::size_t station) {
  return other.entries[other.stations()[station].entry];
}

}  // namespace

TEST_SUITE("authority") {
  TEST_CASE("authority: what an honest one publishes is verified") {
    try_attack({"nothing is changed", [](Forge&) {}, Answer::harmless});
  }

  TEST_CASE("authority: sheets that the station did not sign") {
    run({
        {"signed by another unit's people", [](Forge& f) { forge_sheet(f, accomplice(f).people()); }, Answer::shown,
         CheckId::entries, "d001/u00001/chair (not-granted)", 5},
        {"signed by the coordinator", [](Forge& f) { forge_sheet(f, {kCoordinator}); }, Answer::shown, CheckId::entries,
         "d001/coordinator (not-granted)", 5},
        {"signed by a root and the publisher",
         [](Forge& f) {
           forge_sheet(f, {"root-1", "publisher"});
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect", 5},
        {"signed by keys that nobody granted",
         [](Forge& f) {
           forge_sheet(f, {"x/chair", "x/member-1", "x/member-2"});
         },
         Answer::shown, CheckId::entries, "x/chair (stranger)", 5},
        {"signed under the station's names with other keys",
         [](Forge& f) {
           const std::string& unit = victim(f).prefix;
           forge_sheet(f, {unit + "/chair~a", unit + "/member-1~b", unit + "/member-2~c"});
         },
         Answer::shown, CheckId::entries, "/chair (stranger)", 5},
        {"garbage under the station's names and key ids",
         [](Forge& f) {
           const std::string& unit = victim(f).prefix;
           forge_sheet(f, {"!" + unit + "/chair", "!" + unit + "/member-1", "!" + unit + "/member-2"});
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
        {"the station's signatures kept, the figures changed",
         [](Forge& f) {
           const Station& station = victim(f);
           ParsedEntry honest = parse_entry(f.entries[station.entry]).value();
           f.entries[station.entry] = entry_bytes(f.text(moved(station.sheet), station.at), honest.signatures).value();
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
        {"one real signature among two of an accomplice",
         [](Forge& f) {
           forge_sheet(f, {victim(f).prefix + "/member-1", "d001/u00001/chair", "d001/u00001/member-2"});
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect", 5},
        {"one key twice under two names",
         [](Forge& f) {
           const Station& station = accomplice(f);
           // The chair's public key once more, as a member.
           VerifierKey chair = f.vkey(station.prefix + "/chair");
           VerifierKey again = make_vkey("x/member", chair.key).value();
           f.entries.insert(
               f.entries.begin() + static_cast<std::ptrdiff_t>(f.setup()),
               f.record(Grant{again, Role("member"), {{station.sheet.unit.value()}, {"*"}}}, {kCoordinator}));
           std::string text = f.text(correction(station));
           auto signer = make_signer(key_of("1", station.prefix + "/chair")).value();
           std::vector<NoteSignature> signatures = {f.signature(text, station.prefix + "/chair"),
                                                    f.signature(text, station.prefix + "/member-1"),
                                                    sign_note(text, "x/member", *signer).value()};
           f.entries[station.entry + 1] = entry_bytes(text, signatures).value();
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect", 5},
        {"a strange unit",
         [](Forge& f) {
           CountSheet sheet = moved(victim(f).sheet);
           sheet.unit = UnitId("U99999");
           f.entries.push_back(f.record(sheet, victim(f).people()));
         },
         Answer::shown, CheckId::entries, "the election has no unit U99999"},
        {"a strange option",
         [](Forge& f) {
           CountSheet sheet = victim(f).sheet;
           sheet.votes.emplace_back(OptionId("write-in"), 1'000);
           f.entries[victim(f).entry] = f.record(sheet, victim(f).people());
         },
         Answer::shown, CheckId::entries, "has no option write-in", 5},
    });
  }

  TEST_CASE("authority: signatures stripped and added") {
    run({
        {"one of three stripped",
         [](Forge& f) {
           const Station& station = victim(f);
           ParsedEntry honest = parse_entry(f.entries[station.entry]).value();
           f.pretended = f.entries;
           honest.signatures.pop_back();
           f.entries[station.entry] = entry_bytes(entry_text(f.pretended[station.entry]), honest.signatures).value();
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect", 5},
        {"a good one by a stranger added",
         [](Forge& f) {
           const Station& station = victim(f);
           std::vector<std::string> people = station.people();
           people.push_back("x/stranger");
           f.entries[station.entry] = f.sign(std::string(entry_text(f.entries[station.entry])), people);
         },
         Answer::shown, CheckId::signatures, "x/stranger (stranger)"},
        {"garbage by a stranger added",
         [](Forge& f) {
           const Station& station = victim(f);
           std::vector<std::string> people = station.people();
           people.push_back("!x/stranger");
           f.entries[station.entry] = f.sign(std::string(entry_text(f.entries[station.entry])), people);
         },
         Answer::shown, CheckId::signatures, "x/stranger (stranger)"},
        {"garbage under a known name added: does not void the sheet silently",
         [](Forge& f) {
           const Station& station = victim(f);
           std::vector<std::string> people = station.people();
           people.push_back("!" + kCoordinator);
           f.entries[station.entry] = f.sign(std::string(entry_text(f.entries[station.entry])), people);
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
        {"garbage under a known name in an entry of its own",
         [](Forge& f) {
           const Station& station = victim(f);
           f.entries.push_back(f.sign(std::string(entry_text(f.entries[station.entry])), {"!" + kCoordinator}));
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
    });
  }

  TEST_CASE("authority: grants") {
    auto use = [](Forge& f, const std::string& granter, const std::string& units, const char* role = "chair") {
      const Station& station = victim(f);
      std::vector<std::string> people = {"x/chair", "x/member-1", "x/member-2"};
      CountSheet sheet = moved(station.sheet);
      std::vector<Bytes> grants;
      for (const std::string& name : people)
        grants.push_back(f.record(grant(f, name, name == "x/chair" ? role : "member", units), {granter}));
      f.pretended = f.entries;
      f.pretended[station.entry] = f.record(sheet, station.people());
      f.entries[station.entry] = f.record(sheet, people);
      auto night = static_cast<std::ptrdiff_t>(f.setup());
      f.entries.insert(f.entries.begin() + night, grants.begin(), grants.end());
      // The same positions, so that nothing but the sheet is different.
      f.pretended.insert(f.pretended.begin() + night, grants.begin(), grants.end());
    };
    run({
        {"by a chair", [&](Forge& f) { use(f, "d001/u00001/chair", victim(f).sheet.unit.value()); }, Answer::shown,
         CheckId::entries, "grant not in effect", 5},
        {"by a stranger", [&](Forge& f) { use(f, "x/root", victim(f).sheet.unit.value()); }, Answer::shown,
         CheckId::entries, "grant not in effect", 5},
        {"by one root of two", [&](Forge& f) { use(f, "root-1", victim(f).sheet.unit.value()); }, Answer::shown,
         CheckId::entries, "grant not in effect", 5},
        {"by the publisher", [&](Forge& f) { use(f, "publisher", victim(f).sheet.unit.value()); }, Answer::shown,
         CheckId::entries, "grant not in effect", 5},
        {"by a coordinator, of a role that it may not grant",
         [&](Forge& f) { use(f, kCoordinator, victim(f).sheet.unit.value(), "coordinator"); }, Answer::shown,
         CheckId::entries, "grant not in effect", 5},
        {"by a coordinator, outside its own scope",
         [&](Forge& f) {
           use(f, "x/coordinator", victim(f).sheet.unit.value());
           Bytes appointed = f.record(grant(f, "x/coordinator", "coordinator", accomplice(f).sheet.unit.value()),
                                      {"root-1", "root-2"});
           for (auto* log : {&f.entries, &f.pretended}) log->insert(log->begin() + 1, appointed);
         },
         Answer::shown, CheckId::entries, "grant not in effect: signed by x/coordinator", 5},
        // Whoever may appoint a station's people can appoint others: it is in the log for everybody to see, and what
        // the station's own people signed contradicts it.
        {"by a coordinator inside its own scope: the station has no say",
         [&](Forge& f) {
           use(f, kCoordinator, victim(f).sheet.unit.value());
           f.pretended.clear();
         },
         Answer::unseen},
        {"by a coordinator inside its own scope, against a sheet that the station has signed",
         [&](Forge& f) {
           Bytes honest = f.entries[victim(f).entry];
           use(f, kCoordinator, victim(f).sheet.unit.value());
           f.pretended = f.entries;
           f.entries.push_back(honest);
         },
         Answer::shown, CheckId::sheets, "conflict", 5},
        {"after the sheet that it is for",
         [&](Forge& f) {
           const Station& station = victim(f);
           f.pretended = f.entries;
           Bytes chair = f.entries[f.grant_of(station.prefix + "/chair")];
           f.entries.erase(f.entries.begin() + static_cast<std::ptrdiff_t>(f.grant_of(station.prefix + "/chair")));
           f.entries.push_back(chair);
         },
         Answer::shown, CheckId::entries, "/chair (not-granted)", 5},
    });
  }

  TEST_CASE("authority: keys that were revoked") {
    auto revoke = [](Forge& f, const std::string& name, const std::string& by) {
      Revoke lost{record_id(entry_text(f.entries[f.grant_of(name)])), "lost"};
      f.pretended = f.entries;
      f.entries.insert(f.entries.begin() + static_cast<std::ptrdiff_t>(f.setup()), f.record(lost, {by}));
      f.pretended.insert(f.pretended.begin() + static_cast<std::ptrdiff_t>(f.setup()), f.pretended[0]);
    };
    run({
        {"a sheet after its chair was revoked", [&](Forge& f) { revoke(f, victim(f).prefix + "/chair", kCoordinator); },
         Answer::shown, CheckId::entries, "/chair (revoked)", 5},
        {"a revocation by another unit's chair",
         [&](Forge& f) {
           revoke(f, victim(f).prefix + "/chair", "d001/u00001/chair");
           f.pretended.clear();
         },
         Answer::shown, CheckId::entries, "revoke not in effect"},
        {"a chair declared stolen by another unit's chair",
         [&](Forge& f) {
           f.entries.push_back(
               f.record(Compromised{f.vkey(victim(f).prefix + "/chair"), 0, "stolen"}, {"d001/u00001/chair"}));
         },
         Answer::shown, CheckId::entries, "compromised not in effect"},
        {"a chair declared stolen: the sheet is out, whatever the claims say",
         [&](Forge& f) {
           f.pretended = f.entries;
           f.entries.push_back(f.record(Compromised{f.vkey(victim(f).prefix + "/chair"), 0, "stolen"}, {kCoordinator}));
         },
         Answer::shown, CheckId::entries, "/chair (compromised)", 5},
        {"adopted by somebody who may not",
         [&](Forge& f) {
           revoke(f, victim(f).prefix + "/chair", kCoordinator);
           Bytes sheet = f.entries[victim(f).entry + 1];
           f.entries.push_back(f.record(Adopt{record_id(entry_text(sheet)), "checked"}, accomplice(f).people()));
         },
         Answer::shown, CheckId::entries, "adopt not in effect", 5},
        {"a stranger's sheet adopted: adoption makes no signers",
         [&](Forge& f) {
           forge_sheet(f, {"x/chair", "x/member-1", "x/member-2"});
           Bytes sheet = f.entries[victim(f).entry];
           f.entries.push_back(f.record(Adopt{record_id(entry_text(sheet)), "checked"}, {kCoordinator}));
         },
         Answer::shown, CheckId::entries, "x/chair (stranger)", 5},
    });
  }

  TEST_CASE("authority: sheets dropped, repeated, contradicted, moved") {
    run({
        {"a sheet dropped",
         [](Forge& f) {
           f.pretended = f.entries;
           f.entries.erase(f.entries.begin() + static_cast<std::ptrdiff_t>(victim(f).entry));
           f.pretended.push_back(f.pretended[0]);
         },
         Answer::harmless, CheckId::sheets, "", 5},
        {"a sheet dropped, and the claims still count it",
         [](Forge& f) {
           f.pretended = f.entries;
           f.entries.erase(f.entries.begin() + static_cast<std::ptrdiff_t>(victim(f).entry));
         },
         Answer::refused, CheckId::claimed_values, "claims/results-1.csv"},
        {"an entry twice", [](Forge& f) { f.entries.push_back(f.entries[victim(f).entry]); }, Answer::harmless},
        {"a station's sheet once more with another time",
         [](Forge& f) { f.entries.push_back(f.record(accomplice(f).sheet, accomplice(f).people())); }, Answer::shown,
         CheckId::sheets, "duplicate"},
        {"a second sheet with other figures that replaces nothing",
         [](Forge& f) {
           f.pretended = f.entries;
           f.pretended[accomplice(f).entry] = f.record(correction(accomplice(f)), accomplice(f).people());
           f.entries.push_back(f.record(correction(accomplice(f)), accomplice(f).people()));
         },
         Answer::shown, CheckId::sheets, "conflict", 5},
        {"a correction of another unit's sheet",
         [](Forge& f) {
           CountSheet sheet = correction(accomplice(f));
           sheet.replaces = record_id(entry_text(f.entries[victim(f).entry]));
           sheet.reason = "counted again";
           f.pretended = f.entries;
           f.pretended.erase(f.pretended.begin() + static_cast<std::ptrdiff_t>(victim(f).entry));
           f.entries.push_back(f.record(sheet, accomplice(f).people()));
         },
         Answer::shown, CheckId::sheets, "conflict", 5},
        {"a correction that the station did not sign",
         [](Forge& f) {
           f.pretended = f.entries;
           f.pretended.push_back(f.record(replacing(f, victim(f)), victim(f).people()));
           f.entries.push_back(f.record(replacing(f, victim(f)), accomplice(f).people()));
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect"},
        {"a correction dropped, and the claims still have it",
         [](Forge& f) {
           f.pretended = f.entries;
           f.pretended.push_back(f.record(replacing(f, victim(f)), victim(f).people()));
           f.entries.push_back(f.entries[0]);
         },
         Answer::refused, CheckId::claimed_values, "claims/results-1.csv"},
        {"a correction made, and the claims do not have it",
         [](Forge& f) {
           f.pretended = f.entries;
           f.entries.push_back(f.record(replacing(f, victim(f)), victim(f).people()));
         },
         Answer::refused, CheckId::claimed_values, "claims/results-1.csv"},
        {"a sheet before anybody was granted anything",
         [](Forge& f) {
           f.pretended = f.entries;
           std::rotate(f.entries.begin() + 1, f.entries.begin() + static_cast<std::ptrdiff_t>(victim(f).entry),
                       f.entries.begin() + static_cast<std::ptrdiff_t>(victim(f).entry) + 1);
         },
         Answer::shown, CheckId::entries, "count-sheet not in effect", 5},
        {"one vote moved in one unit, in the claims alone",
         [](Forge& f) {
           f.pretended = f.entries;
           f.pretended[victim(f).entry] = f.record(moved(victim(f).sheet, 1), victim(f).people());
         },
         Answer::refused, CheckId::claimed_values, "claims/results-1.csv"},
        {"a refusal dropped from before the sheet",
         [](Forge& f) {
           Bytes sheet = f.entries[victim(f).entry];
           f.entries.push_back(f.record(Refusal{record_id(entry_text(sheet)), "the seal was broken"},
                                        {victim(f).prefix + "/member-2"}));
         },
         Answer::shown, CheckId::sheets, "the seal was broken"},
    });
  }

  TEST_CASE("authority: records of other elections") {
    // A rehearsal, another election by the same people with the same keys, and the same definition with other roots.
    Forge rehearsal(7, "rehearsal"), same_keys(7, "1"), other_roots(6, "rehearsal");
    REQUIRE(rehearsal.simulated().election() != Forge().simulated().election());
    REQUIRE(other_roots.simulated().election() == Forge().simulated().election());
    run({
        {"a rehearsal's sheet", [&](Forge& f) { f.entries[victim(f).entry] = sheet_of(rehearsal, 1); }, Answer::refused,
         CheckId::entries, "other-election"},
        {"a rehearsal's grants and sheet",
         [&](Forge& f) {
           for (std::size_t i = 1; i < rehearsal.setup(); ++i) f.entries.push_back(rehearsal.entries[i]);
           f.entries.push_back(sheet_of(rehearsal, 1));
         },
         Answer::refused, CheckId::entries, "other-election"},
        {"another election's sheet, by the same people with the same keys",
         [&](Forge& f) { f.entries[victim(f).entry] = sheet_of(same_keys, 1); }, Answer::refused, CheckId::entries,
         "other-election"},
        {"another election's signatures under this election's text",
         [&](Forge& f) {
           ParsedEntry other = parse_entry(sheet_of(same_keys, 1)).value();
           f.entries[victim(f).entry] = entry_bytes(entry_text(f.entries[victim(f).entry]), other.signatures).value();
         },
         Answer::refused, CheckId::signatures, "bad-signature"},
        {"a rehearsal's signatures under this election's text",
         [&](Forge& f) {
           ParsedEntry other = parse_entry(sheet_of(rehearsal, 1)).value();
           f.pretended = f.entries;
           f.entries[victim(f).entry] = entry_bytes(entry_text(f.entries[victim(f).entry]), other.signatures).value();
         },
         Answer::shown, CheckId::entries, "/chair (stranger)", 5},
        {"a rehearsal's log", [&](Forge& f) { f.entries = rehearsal.entries; }, Answer::refused, CheckId::definition,
         "is not in this log"},
        {"the same definition signed by other roots, with all that they granted",
         [&](Forge& f) {
           f.pretended = f.entries;
           f.entries = other_roots.entries;
         },
         Answer::refused, CheckId::definition, "too few of the trusted roots"},
    });
  }
}
