// The authority as attacker: sheets dropped, repeated, replayed.
#include <doctest/doctest.h>

#include "tests/tamper/authority.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

TEST_SUITE("authority") {
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
