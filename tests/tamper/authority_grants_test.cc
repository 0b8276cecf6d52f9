// The authority as attacker: who may say what.
#include <doctest/doctest.h>

#include "tests/tamper/authority.h"

using namespace scrutineer;
using namespace scrutineer::tamper;

TEST_SUITE("authority") {
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
}
