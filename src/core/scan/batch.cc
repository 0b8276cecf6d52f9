#include "core/scan/batch.h"

#include <algorithm>

#include "core/crypto/hash.h"

namespace scrutineer {
namespace {

constexpr std::string_view kFormat = "scrutineer-batch/1";
constexpr std::string_view kExtensions[] = {"jpg", "png", "tiff", "pgm", "bin"};
constexpr std::size_t kNameBytes = 1'000;
constexpr std::size_t kThresholdNameBytes = 100;
constexpr std::int64_t kIndexMax = 65'535;

void write_thresholds(JsonWriter& out, const Thresholds& thresholds) {
  out.begin_object();
  for (const auto& [name, value] : thresholds) out.member(name, value);
  out.end_object();
}

Thresholds read_thresholds(const ObjectReader& in) {
  Thresholds thresholds;
  for (JsonValue member : in.value()) {
    auto value = member.as_integer();
    if (!value || member.name().empty() || member.name().size() > kThresholdNameBytes) {
      in.problem(member.name(), "expected a named integer");
      return thresholds;
    }
    thresholds.emplace_back(member.name(), *value);
  }
  if (thresholds.size() > kBatchThresholds) in.problem({}, "more than 256 thresholds");
  if (!std::is_sorted(thresholds.begin(), thresholds.end(), [](auto& a, auto& b) { return a.first < b.first; }))
    in.problem({}, "thresholds are not sorted by name");
  return thresholds;
}

BatchContest read_batch_contest(const ObjectReader& in) {
  BatchContest contest;
  contest.id = ContestId(in.non_empty("id"));
  contest.seats = in.integer("seats", 1, limits::kSeats);
  for (std::string& option : in.strings("options")) contest.options.emplace_back(std::move(option));
  if (contest.options.empty() || contest.options.size() > limits::kOptionsPerContest)
    in.problem("options", "expected 1 to 1000 options");
  return contest;
}

std::string read_name(const ObjectReader& in, std::string_view name) {
  std::string text = in.non_empty(name);
  if (text.size() > kNameBytes) in.problem(name, "expected at most 1000 bytes");
  return text;
}

BallotId read_ballot_id(const ObjectReader& in, std::string_view name) {
  std::string id = in.string(name);
  if (!is_ballot_id(id)) in.problem(name, "expected the id of a ballot: 32 lower-case hex digits");
  return BallotId(std::move(id));
}

BallotLine read_ballot_line(const ObjectReader& in) {
  BallotLine line;
  line.id = read_ballot_id(in, "id");
  line.ext = kExtensions[in.choice("ext", kExtensions)];
  line.image = in.hash("image");
  line.masked = in.optional_hash("masked");
  if (in.has("front")) line.front = read_ballot_id(in, "front");
  if (line.front == line.id) in.problem("front", "a picture is not its own front");
  if (in.has("like")) {
    for (std::string& id : in.strings("like")) {
      if (!is_ballot_id(id) || id == line.id.value()) in.problem("like", "expected ids of other ballots");
      line.like.emplace_back(std::move(id));
    }
    if (line.like.empty() || !std::is_sorted(line.like.begin(), line.like.end()))
      in.problem("like", "expected one id at least, ascending");
  }
  in.object("reading", [&](const ObjectReader& reading) { line.reading = read_reading(reading); });
  return line;
}

ContestOutcome read_outcome(const ObjectReader& in) {
  constexpr std::string_view kDecisions[] = {"counted", "blank", "invalid"};
  ContestOutcome outcome;
  outcome.contest = static_cast<std::uint16_t>(in.integer("contest", 0, kIndexMax));
  outcome.decision = static_cast<Decision>(in.choice("decision", kDecisions));
  auto options = in.find("options");
  if (!options || !options->is_array()) {
    in.problem("options", "expected a list of options");
    return outcome;
  }
  for (JsonValue option : *options) {
    auto index = option.as_integer();
    const std::int64_t low = outcome.options.empty() ? 0 : outcome.options.back() + 1;
    if (!index || *index < low || *index > kIndexMax) {
      in.problem("options", "expected options as integers, ascending, none twice");
      return outcome;
    }
    outcome.options.push_back(static_cast<std::uint16_t>(*index));
  }
  if (!outcome.options.empty() && outcome.decision != Decision::counted)
    in.problem("options", "options are named for a contest that was not counted");
  outcome.how = static_cast<OutcomeHow>(in.choice("how", kOutcomeHowNames));
  return outcome;
}

BallotOutcome read_ballot_outcome(const ObjectReader& in) {
  BallotOutcome ballot;
  ballot.id = read_ballot_id(in, "id");
  in.objects("contests", [&](const ObjectReader& contest, std::size_t index) {
    if (index >= kReadingContests) return contest.problem({}, "more contests than a sheet can have");
    ballot.contests.push_back(read_outcome(contest));
    if (index > 0 && ballot.contests[index - 1].contest >= ballot.contests[index].contest)
      contest.problem("contest", "contests are not ascending, or one stands twice");
  });
  if (ballot.contests.empty()) in.problem("contests", "expected one contest at least");
  return ballot;
}

// One canonical object: read, then written again to see that nothing was different.
template <class T, class Read, class Write>
Result<T> parse_canonical(std::string_view json, Read read, Write write) {
  SCRUTINEER_TRY(Json document, Json::parse(json));
  Problems problems;
  T value = read(ObjectReader(document.root(), problems));
  if (!problems.empty()) return tl::unexpected(problems.first());
  if (write(value) != json)
    return fail(ErrorCode::malformed, "this is not canonical JSON: other members, another order, or spaces");
  return value;
}

template <class T>
Status read_lines(std::string_view text, std::string_view file, Result<T> (*parse)(std::string_view),
                  const std::function<Status(T)>& each) {
  std::string last;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string where = std::string(file) + ":" + std::to_string(number);
    const std::size_t end = text.find('\n');
    if (end == text.npos) return fail(ErrorCode::malformed, "the last line has no end: the file is cut short", where);
    if (number > kBatchSheets) return fail(ErrorCode::limit_exceeded, "a batch has at most 1000000 sheets", where);
    if (end > kBallotLineBytes) return fail(ErrorCode::limit_exceeded, "a line has at most 1 MiB", where);
    auto value = parse(text.substr(0, end));
    if (!value) return tl::unexpected(placed(value.error(), where));
    if (value->id.value() <= last)
      return fail(ErrorCode::malformed, "lines are not sorted by id, or one stands twice", where);
    last = value->id.value();
    if (auto status = each(std::move(*value)); !status) return tl::unexpected(placed(status.error(), where));
    text.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace

BallotId make_ballot_id(Rng& rng) {
  std::array<std::uint8_t, 16> bytes{};
  rng.fill(bytes);
  return BallotId(to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
}

bool is_ballot_id(std::string_view text) {
  return text.size() == 32 && from_hex(text).has_value();
}

std::string batch_info_json(const BatchInfo& info) {
  JsonWriter out;
  out.begin_object().member("format", kFormat);
  if (info.election) out.member("election", to_hex(*info.election));
  out.member("unit", info.unit.value()).name("contests").begin_array();
  for (const BatchContest& contest : info.contests) {
    out.begin_object().member("id", contest.id.value()).member("seats", contest.seats).name("options").begin_array();
    for (const OptionId& option : contest.options) out.string(option.value());
    out.end_array().end_object();
  }
  out.end_array().member("device", info.device).member("definition", to_hex(info.definition));
  out.name("software").begin_object().member("name", info.software);
  out.member("sha256", to_hex(info.software_sha256)).end_object().name("thresholds");
  write_thresholds(out, info.thresholds);
  out.member("sheets", info.sheets).end_object();
  return out.take() + "\n";
}

Result<BatchInfo> parse_batch_info(std::string_view json) {
  if (json.size() > kBatchInfoBytes) return fail(ErrorCode::limit_exceeded, "batch.json has at most 16 MiB");
  return parse_canonical<BatchInfo>(
      json,
      [](const ObjectReader& in) {
        BatchInfo info;
        if (in.string("format") != kFormat) in.problem("format", "expected scrutineer-batch/1");
        if (auto election = in.optional_hash("election")) info.election = RecordId{*election};
        info.unit = UnitId(in.non_empty("unit"));
        in.objects("contests", [&](const ObjectReader& contest, std::size_t) {
          info.contests.push_back(read_batch_contest(contest));
        });
        if (info.contests.empty() || info.contests.size() > limits::kContests)
          in.problem("contests", "expected 1 to 256 contests");
        for (std::size_t i = 0; i < info.contests.size(); ++i)
          for (std::size_t k = 0; k < i; ++k)
            if (info.contests[i].id == info.contests[k].id) in.problem("contests", "two contests have the same id");
        info.device = read_name(in, "device");
        info.definition = in.hash("definition");
        in.object("software", [&](const ObjectReader& software) {
          info.software = read_name(software, "name");
          info.software_sha256 = software.hash("sha256");
        });
        in.object("thresholds", [&](const ObjectReader& list) { info.thresholds = read_thresholds(list); });
        info.sheets = in.integer("sheets", 0, static_cast<std::int64_t>(kBatchSheets));
        return info;
      },
      batch_info_json);
}

Hash256 thresholds_sha256(const Thresholds& thresholds) {
  JsonWriter out;
  write_thresholds(out, thresholds);
  return sha256(out.text());
}

std::string ballot_line_json(const BallotLine& line) {
  JsonWriter out;
  out.begin_object().member("id", line.id.value()).member("ext", line.ext).member("image", to_hex(line.image));
  if (line.masked) out.member("masked", to_hex(*line.masked));
  if (line.front) out.member("front", line.front->value());
  if (!line.like.empty()) {
    out.name("like").begin_array();
    for (const BallotId& id : line.like) out.string(id.value());
    out.end_array();
  }
  out.name("reading");
  write_reading(out, line.reading);
  out.end_object();
  return out.take();
}

Result<BallotLine> parse_ballot_line(std::string_view json) {
  return parse_canonical<BallotLine>(json, read_ballot_line, ballot_line_json);
}

std::string ballot_outcome_json(const BallotOutcome& outcome) {
  JsonWriter out;
  out.begin_object().member("id", outcome.id.value()).name("contests").begin_array();
  for (const ContestOutcome& contest : outcome.contests) {
    out.begin_object().member("contest", std::int64_t{contest.contest});
    out.member("decision", decision_name(contest.decision)).name("options").begin_array();
    for (std::uint16_t option : contest.options) out.integer(option);
    out.end_array().member("how", kOutcomeHowNames[static_cast<std::size_t>(contest.how)]).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

Result<BallotOutcome> parse_ballot_outcome(std::string_view json) {
  return parse_canonical<BallotOutcome>(json, read_ballot_outcome, ballot_outcome_json);
}

Status read_ballot_lines(std::string_view text, std::string_view file, const std::function<Status(BallotLine)>& each) {
  return read_lines<BallotLine>(text, file, parse_ballot_line, each);
}

Status read_ballot_outcomes(std::string_view text, std::string_view file,
                            const std::function<Status(BallotOutcome)>& each) {
  return read_lines<BallotOutcome>(text, file, parse_ballot_outcome, each);
}

}  // namespace scrutineer
