#include "tests/scenario/protocol.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include "core/record/disclosure.h"
#include "tests/scenario/world.h"

namespace scrutineer::testing {
namespace {

using Words = std::vector<std::string>;

Words words_of(const std::string& text) {
  std::istringstream in(text);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// "* acknowledges it": '*' is one word; "..." is the rest, at least one word. nullopt: it reads otherwise.
std::optional<Words> match(const std::string& pattern, const Words& text) {
  const Words expected = words_of(pattern);
  Words found;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i >= text.size()) return std::nullopt;
    if (expected[i] == "...") {
      std::string rest;
      for (; i < text.size(); ++i) rest += (rest.empty() ? "" : " ") + text[i];
      found.push_back(rest);
      return found;
    }
    if (expected[i] == "*")
      found.push_back(text[i]);
    else if (expected[i] != text[i])
      return std::nullopt;
  }
  return expected.size() == text.size() ? std::optional(found) : std::nullopt;
}

// "+36:00:05" in seconds; "-0:00:02" is before the notice was sent.
std::int64_t seconds_of(const std::string& text) {
  int hours = 0, minutes = 0, seconds = 0;
  if (text.find_first_of("+-") != 0 || std::sscanf(text.c_str() + 1, "%d:%d:%d", &hours, &minutes, &seconds) != 3)
    throw std::runtime_error("no time: " + text);
  return (text[0] == '-' ? -1 : 1) * (hours * 3600LL + minutes * 60 + seconds);
}

template <std::size_t size>
std::size_t index_in(const std::string_view (&names)[size], std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) throw std::runtime_error("unknown: " + std::string(name));
  return static_cast<std::size_t>(found - names);
}

std::string party_of(const std::string& key) {
  return key.substr(0, key.find('/'));
}

// Splits off "..., privately" and "..., to relay-1 and commission".
Reach take_reach(std::string& text) {
  const std::size_t comma = text.rfind(", ");
  if (comma == text.npos) return {};
  const std::string last = text.substr(comma + 2);
  if (last != "privately" && !last.starts_with("to ")) return {};
  text.resize(comma);
  Reach reach = Reach::nobody();
  for (const std::string& word : words_of(last)) {
    if (word == "commission" || word == "service") reach.other_party = true;
    if (word.starts_with("relay-")) reach.relays.insert(word);
  }
  return reach;
}

class Player {
 public:
  Player(const ScenarioNotice& notice, const Variant& variant, bool less)
      : notice_(notice),
        variant_(variant),
        less_(less),
        sent_(seconds_of_rfc3339(notice.sent).value()),
        world_(sent_ - 7'200),
        reach_() {
    add_actions();
  }

  std::vector<std::string> play() {
    for (const VariantLine& line : variant_.lines) {
      line_ = line.number;
      try {
        if (line.text.starts_with("evidence from "))
          hand_over(line.text);
        else if (line.text.starts_with("  "))
          expect(words_of(line.text));
        else
          act(line.text);
      } catch (const std::exception& problem) {
        wrong(problem.what());
      }
    }
    return std::move(problems_);
  }

 private:
  void wrong(const std::string& what) {
    problems_.push_back(variant_.name + ":" + std::to_string(line_) + ": " + what);
  }
  void expect_equal(const std::string& what, const std::string& is, const std::string& expected) {
    if (is != expected) wrong(what + " is \"" + is + "\", not \"" + expected + "\"");
  }

  // --- what happens

  void act(std::string text) {
    const std::size_t space = text.find(' ');
    world_.pass_to(sent_ + seconds_of(text.substr(0, space)));
    text = text.substr(space + 1);
    reach_ = take_reach(text);
    const Words words = words_of(text);
    for (const auto& [pattern, action] : actions_)
      if (auto found = match(pattern, words)) {
        action(*found);
        world_.witness_all();
        return;
      }
    wrong("nobody knows how to do this: " + text);
  }

  RecordId say(const std::string& key, const NoticeBody& body) {
    return world_.say(party_of(key), body, {key}, reach_);
  }

  std::vector<PayloadField> fields() const {
    std::vector<PayloadField> all;
    for (const auto& [name, value] : notice_.fields) all.push_back({name, value});
    if (!notice_.attribution.empty() && left_out_ != "attribution") all.push_back({"attribution", notice_.attribution});
    return all;
  }

  // With a digest more than what is sent opens, where something is left out.
  SealedContent sealed_fields() {
    SealedContent content = world_.seal("service", fields());
    if (!left_out_.empty()) {
      const std::string value = left_out_ == "attribution" ? notice_.attribution : "\"left out\"";
      kept_back_ = make_disclosure(left_out_, value.empty() ? "null" : value, rng_);
      content.digests.push_back(disclosure_digest(kept_back_));
      std::sort(content.digests.begin(), content.digests.end());
    }
    return content;
  }

  void send(NoticeChange change) {
    Notice notice;
    notice.kind = static_cast<NoticeKind>(index_in(kNoticeKindNames, notice_.kind));
    notice.change = change;
    if (change != NoticeChange::first) notice.of = versions_.front(), notice.replaces = versions_.back();
    if (change == NoticeChange::attribution) {
      std::vector<PayloadField> all = fields();
      std::erase_if(all, [](const PayloadField& field) { return field.name == "attribution"; });
      all.push_back({"attribution", "\"a state service\""});
      notice.content = world_.seal("service", all);
    } else {
      notice.content = sealed_fields();
    }
    versions_.push_back(say("service/machine", notice));
  }

  const RecordId& current() const {
    if (versions_.empty()) throw std::runtime_error("nothing was sent");
    return versions_.back();
  }

  void call(const std::string& caller, const std::string& called, bool both) {
    say(caller, Call{current(), "12345678", "87654321"});
    if (both) say(called, Call{current(), "87654321", "12345678"});
  }

  void rota(const std::string& by, const std::string& from, const std::string& until, const std::string& names) {
    DutyRota rota{PartyRole::institution,
                  to_rfc3339({sent_ + seconds_of(from)}),
                  to_rfc3339({sent_ + seconds_of(until)}),
                  {},
                  {}};
    for (const std::string& name : words_of(names))
      (name.starts_with("deputy") ? rota.deputies : rota.officers).push_back(party_of(by) + "/" + name);
    say(by, rota);
  }

  void state(const std::string& key, const Words& words) {
    Statement statement;
    statement.claim = static_cast<Claim>(index_in(kClaimNames, words.at(0)));
    statement.notice = versions_.empty() ? RecordId{} : versions_.front();
    if (words.size() == 4 && words[1] == "of") statement.notice.reset();  // "of every notice"
    if (words.size() == 3 && words[1] == "by") statement.time = to_rfc3339({sent_ + seconds_of(words[2])});
    say(key, statement);
  }

  // An entry in the notifier's own log, as one who forges would put it there.
  void forge(const std::string& key, const std::string& signer) {
    const NoticeRecord record{world_.agreement, to_rfc3339({world_.now()}),
                              Acknowledgement{current(), world_.notice(current()).content.payload}};
    const std::string text = notice_record_text(record);
    NoteSignature signature = signature_of(text, key);
    if (signer.empty()) signature.signature.back() ^= 1;
    world_.put("service", *entry_bytes(text, {signature}));
  }
  NoteSignature signature_of(const std::string& text, const std::string& key) {
    return *sign_note(text, key, *world_.cast.actor(key).signer);
  }

  void add_actions() {
    auto on = [&](const char* pattern, std::function<void(const Words&)> action) {
      actions_.emplace_back(pattern, std::move(action));
    };
    on("service sends the notice", [&](const Words&) { send(NoticeChange::first); });
    on("service sends a later *",
       [&](const Words& w) { send(static_cast<NoticeChange>(index_in(kNoticeChangeNames, w[0]))); });
    on("service leaves out what opens the *", [&](const Words& w) { left_out_ = w[0]; });
    on("service takes the new key", [&](const Words&) { world_.box = "commission/box-2"; });
    on("service seals to the key of somebody else", [&](const Words&) { world_.box = "somebody/box"; });
    on("service closes it: *", [&](const Words& w) {
      say("service/machine", Closing{current(), static_cast<ClosingOutcome>(index_in(kClosingOutcomeNames, w[0]))});
    });
    on("service changes the content afterwards", [&](const Words&) {
      changed_.push_back(world_.sealed(world_.seal("service", {{"what", "\"something else\""}}).payload).plaintext);
    });
    on("commission's machine opens it", [&](const Words&) { say("commission/machine", world_.open(current(), true)); });
    on("commission's machine cannot open it",
       [&](const Words&) { say("commission/machine", world_.open(current(), false)); });
    on("* acknowledges it", [&](const Words& w) {
      say(w[0], Acknowledgement{current(), world_.notice(current()).content.payload});
    });
    on("* acknowledges other contents", [&](const Words& w) {
      say(w[0], Acknowledgement{current(), sha256("something else")});
    });
    on("* answers it: * with outcome *", [&](const Words& w) {
      answer_ = world_.seal("commission", {{"outcome", "\"" + w[2] + "\""}});
      say(w[0], NoticeAnswer{current(), static_cast<AnswerStage>(index_in(kAnswerStageNames, w[1])), answer_});
    });
    on("* refuses it: *", [&](const Words& w) {
      say(w[0], NoticeRefusal{current(), static_cast<RefusalCode>(index_in(kRefusalCodeNames, w[1])), ""});
    });
    on("* calls * and both sign", [&](const Words& w) { call(w[0], w[1], true); });
    on("* calls * and only the caller signs", [&](const Words& w) { call(w[0], w[1], false); });
    on("* makes a rota from * until * for ...", [&](const Words& w) { rota(w[0], w[1], w[2], w[3]); });
    on("* replaces the box key", [&](const Words& w) {
      const AgreedBox old_box{"commission/box", world_.box_key_of("commission/box").public_key};
      const AgreedBox new_box{"commission/box-2", world_.box_key_of("commission/box-2").public_key};
      say(w[0], KeyChange{PartyRole::institution, KeyPart::box, to_string(new_box), to_string(old_box), Duty::officer,
                          "yearly"});
    });
    on("* removes the key of *", [&](const Words& w) {
      say(w[0], KeyChange{PartyRole::institution, KeyPart::person, "", to_string(world_.cast.actor(w[1]).vkey),
                          Duty::officer, "left"});
    });
    on("* states: ...", [&](const Words& w) { state(w[0], words_of(w[1])); });
    on("service forges an acknowledgement by *", [&](const Words& w) { forge(w[0], ""); });
    on("service has * acknowledge it in its own log", [&](const Words& w) { forge(w[0], w[0]); });
    on("* forks its log without the notice",
       [&](const Words& w) { forks_[w[0]].push_back(world_.fork(w[0], current())); });
    on("* is down", [&](const Words& w) { world_.down.insert(w[0]); });
    on("* is up", [&](const Words& w) { world_.down.erase(w[0]); });
    on("* is witnessed no longer", [&](const Words& w) { world_.stopped.insert(w[0]); });
    on("the clock of * is wrong by * seconds", [&](const Words& w) { world_.witness_skew[w[0]] = std::stoll(w[1]); });
    on("nothing more happens", [](const Words&) {});
  }

  // --- what is handed over

  void hand_over(const std::string& text) {
    std::istringstream in(text.substr(std::string("evidence from ").size()));
    std::string clause;
    std::getline(in, clause, ',');
    std::set<std::string> logs = {"service", "commission", "relay-1", "relay-2", "relay-3"};
    std::vector<Hash256> opened;
    std::vector<std::string> disclosures;
    std::vector<Bytes> more;
    while (std::getline(in, clause, ',')) {
      const Words words = words_of(clause);
      if (auto w = match("without the log of *", words))
        logs.erase((*w)[0]);
      else if (match("opening the notice", words))
        for (const RecordId& id : versions_) opened.push_back(world_.notice(id).content.payload);
      else if (match("opening the answer", words))
        opened.push_back(answer_.payload);
      else if (auto field = match("disclosing the *", words))
        disclosures.push_back(disclosure_of((*field)[0]));
      else if (match("showing the changed content", words))
        more = changed_;
      else
        wrong("nobody knows how to hand this over: " + clause);
    }
    handed_ = world_.evidence(logs, opened, disclosures, more, forks_);
    EvidenceOptions options;
    options.agreements = {world_.agreement};
    auto judged = judge_evidence(handed_.evidence, options);
    if (!judged) throw std::runtime_error(to_string(judged.error()));
    report_ = std::move(*judged);
    for (const std::string& log : less_ ? logs : std::set<std::string>{})
      less_evidence(logs, log, opened, disclosures, more);
    for (ReportLanguage language : {ReportLanguage::ko, ReportLanguage::en})
      if (evidence_text(report_, language).find("nine beacons") != std::string::npos)
        wrong("the report quotes contents");
  }

  // Whoever withholds a log can leave things open, and can never turn them round.
  void less_evidence(std::set<std::string> logs, const std::string& without, const std::vector<Hash256>& opened,
                     const std::vector<std::string>& disclosures, const std::vector<Bytes>& more) {
    logs.erase(without);
    const HandedOver less = world_.evidence(logs, opened, disclosures, more, forks_);
    EvidenceOptions options;
    options.agreements = {world_.agreement};
    auto judged = judge_evidence(less.evidence, options);
    if (!judged) return;  // the last log that holds the agreement
    const std::string place = "without the log of " + without + ", ";
    auto late = [](DeadlineVerdict one) { return one == DeadlineVerdict::missed || one == DeadlineVerdict::silent; };
    for (const ShownNotice& fewer : judged->notices)
      for (const ShownNotice& whole : report_.notices) {
        if (fewer.version != whole.version) continue;
        if (fewer.verdict > whole.verdict) wrong(place + "the verdict rises");
        for (std::size_t i = 0; i < whole.deadlines.size(); ++i) {
          const DeadlineVerdict a = fewer.deadlines[i].verdict, b = whole.deadlines[i].verdict;
          if ((a == DeadlineVerdict::met && late(b)) || (late(a) && b == DeadlineVerdict::met))
            wrong(place + "deadline " + whole.deadlines[i].code + " turns round");
        }
        for (const ShownStep& a : fewer.acknowledgements)
          for (const ShownStep& b : whole.acknowledgements)
            if (a.record == b.record && std::set{a.on_duty, b.on_duty} == std::set{OnDuty::yes, OnDuty::no})
              wrong(place + "on duty turns round");
      }
    for (const ShownStatement& fewer : judged->statements)
      for (const ShownStatement& whole : report_.statements)
        if (fewer.record == whole.record && fewer.verdict != whole.verdict &&
            fewer.verdict != StatementVerdict::undetermined && whole.verdict != StatementVerdict::undetermined)
          wrong(place + std::string(kClaimNames[static_cast<int>(whole.claim)]) + " turns round");
  }

  std::string disclosure_of(const std::string& field) {
    if (field == left_out_) return kept_back_;
    std::vector<Hash256> payloads = {answer_.payload};
    for (const RecordId& id : versions_) payloads.push_back(world_.notice(id).content.payload);
    for (const Hash256& payload : payloads) {
      if (payload == Hash256{}) continue;
      const Payload opened = read_payload(world_.sealed(payload).plaintext).value();
      for (const std::string& one : opened.disclosures)
        if (read_disclosure(one)->name == field) return one;
    }
    return make_disclosure(field, "\"invented afterwards\"", rng_);
  }

  // --- what follows

  const ShownNotice* version(std::size_t number) const {
    if (number > versions_.size() || number == 0) throw std::runtime_error("no such version was sent");
    for (const ShownNotice& one : report_.notices)
      if (one.version == versions_[number - 1]) return &one;
    return nullptr;
  }
  const ShownNotice& first() const {
    const ShownNotice* one = version(1);
    if (!one) throw std::runtime_error("the notice is not in the report");
    return *one;
  }

  std::set<std::string> findings() const {
    std::set<std::string> all;
    auto add = [&](const ShownFinding& one) {
      all.insert(std::string(kNoticeFindingNames[static_cast<int>(one.finding)]));
    };
    for (const ShownFinding& one : report_.findings) add(one);
    for (const ShownNotice& notice : report_.notices)
      for (const ShownFinding& one : notice.findings) add(one);
    return all;
  }

  static std::string steps_text(const std::vector<ShownStep>& steps) {
    std::string text;
    for (const ShownStep& one : steps)
      text += (text.empty() ? "" : " ") + one.key + " " + std::string(kOnDutyNames[static_cast<int>(one.on_duty)]);
    return text.empty() ? "none" : text;
  }

  static std::string joined(const Words& words, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
    return text;
  }

  void expect(Words words) {
    if (words[0] == "[attributed]" || words[0] == "[unattributed]") {
      if ((words[0] == "[attributed]") == notice_.attribution.empty()) return;
      words.erase(words.begin());
    }
    if (words[0] == "verdict:") return expect_verdict(1, words.at(1));
    if (words[0] == "verdict" && words.at(1) == "of") return expect_verdict(std::stoul(words.at(3)), words.at(4));
    if (words[0] == "relays:")
      return expect_equal("number of relays", std::to_string(first().relays_holding), words.at(1));
    if (words[0] == "received:") return expect_within("received", first().received, words);
    if (words[0] == "deadline") return expect_deadline(words);
    if (words[0] == "statement") return expect_statement(words);
    if (words[0] == "acknowledgements:")
      return expect_equal("acknowledgements", steps_text(first().acknowledgements), joined(words, 1));
    if (words[0] == "answers:") return expect_equal("answers", steps_text(first().answers), joined(words, 1));
    if (words[0] == "field") return expect_field(words);
    if (words[0] == "findings:") {
      Words sorted;
      for (const std::string& one : findings()) sorted.push_back(one);
      std::sort(words.begin() + 1, words.end());
      return expect_equal("findings", sorted.empty() ? "none" : joined(sorted, 0), joined(words, 1));
    }
    if (words[0] == "finding:") return expect_finding(words);
    wrong("nobody knows what this expects: " + joined(words, 0));
  }

  void expect_verdict(std::size_t number, const std::string& expected) {
    const ShownNotice* one = version(number);
    expect_equal("verdict", one ? std::string(kNoticeVerdictNames[static_cast<int>(one->verdict)]) : "not-shown",
                 expected);
  }

  // "received: +0:00:00 to +0:00:05" or "received: no".
  void expect_within(const char* what, const TimeBounds& bounds, const Words& words) {
    if (words.at(1) == "no") return expect_equal(what, bounds.shown() ? "yes" : "no", "no");
    const std::int64_t from = sent_ + seconds_of(words.at(1)), until = sent_ + seconds_of(words.at(3));
    if (!bounds.shown() || bounds.lower < from || bounds.upper > until)
      wrong(std::string(what) + " between " + std::to_string(bounds.lower - sent_) + " and " +
            std::to_string(bounds.upper - sent_));
  }

  void expect_deadline(const Words& words) {
    for (const ShownDeadline& one : first().deadlines) {
      if (one.code + ":" != words.at(1)) continue;
      const auto because = kDeadlineBecauseNames[static_cast<int>(one.because)];
      return expect_equal("deadline " + words.at(1),
                          std::string(kDeadlineVerdictNames[static_cast<int>(one.verdict)]) +
                              (because.empty() ? "" : " " + std::string(because)),
                          joined(words, 2));
    }
    expect_equal("deadline " + words.at(1), "not there", joined(words, 2));
  }

  void expect_statement(const Words& words) {
    for (const ShownStatement& one : report_.statements)
      if (std::string(kClaimNames[static_cast<int>(one.claim)]) + ":" == words.at(1))
        return expect_equal("statement " + words[1],
                            std::string(kStatementVerdictNames[static_cast<int>(one.verdict)]) + " " +
                                std::string(kStatementReasonNames[static_cast<int>(one.because)]),
                            joined(words, 2));
    expect_equal("statement " + words.at(1), "not there", joined(words, 2));
  }

  void expect_field(const Words& words) {
    for (const ShownNotice::Field& one : first().fields)
      if (one.name + ":" == words.at(1))
        return expect_equal("field",
                            std::string(one.committed ? "committed" : "not-committed") +
                                (one.opened_by_institution ? " opened" : " not-opened"),
                            joined(words, 2));
    expect_equal("field " + words.at(1), "not shown", joined(words, 2));
  }

  void expect_finding(const Words& words) {
    std::set<std::string> all;
    auto add = [&](const ShownFinding& one) {
      all.insert(std::string(kNoticeFindingNames[static_cast<int>(one.finding)]) + " " + one.detail);
    };
    for (const ShownFinding& one : report_.findings) add(one);
    for (const ShownFinding& one : first().findings) add(one);
    if (!all.contains(joined(words, 1))) wrong("there is no such finding: " + joined(words, 1));
  }

  const ScenarioNotice& notice_;
  const Variant& variant_;
  const bool less_;
  const std::int64_t sent_;
  NoticeWorld world_;
  Reach reach_;
  std::vector<std::pair<std::string, std::function<void(const Words&)>>> actions_;
  CountingRng rng_{"scenario"};
  std::vector<RecordId> versions_;
  SealedContent answer_;
  std::string left_out_, kept_back_;
  std::vector<Bytes> changed_;
  std::map<std::string, std::vector<Bytes>> forks_;
  HandedOver handed_;
  EvidenceReport report_;
  std::size_t line_ = 0;
  std::vector<std::string> problems_;
};

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string stem(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

}  // namespace

ScenarioNotice read_notice_file(const std::string& path) {
  ScenarioNotice notice;
  notice.name = stem(path);
  for (const std::string& line : lines_of(path)) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(": ");
    const std::string name = line.substr(0, colon), value = line.substr(colon + 2);
    if (name == "kind")
      notice.kind = value;
    else if (name == "sent")
      notice.sent = value;
    else if (name == "attribution")
      notice.attribution = value == "none" ? "" : value;
    else
      notice.fields.emplace_back(name, value);
  }
  return notice;
}

Variant read_variant_file(const std::string& path) {
  Variant variant;
  variant.name = stem(path);
  std::size_t number = 0;
  for (const std::string& line : lines_of(path)) {
    ++number;
    if (!line.empty() && line[0] != '#') variant.lines.push_back({number, line});
  }
  return variant;
}

std::vector<std::string> play(const ScenarioNotice& notice, const Variant& variant, bool less) {
  return Player(notice, variant, less).play();
}

}  // namespace scrutineer::testing
