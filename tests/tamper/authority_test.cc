// The authority as attacker: sheets and signatures (authority.h says what it holds).
#include <doctest/doctest.h>

#include "tests/tamper/authority.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

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
}
