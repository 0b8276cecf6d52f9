#include "app/cli/device_quote.h"

#include <fmt/format.h>

#include "app/cli/arguments.h"
#include "app/cli/terminal.h"
#include "core/base/limits.h"

namespace scrutineer::cli {
namespace {

using device::QuoteText;

// What the person asked for, and what was put before them.
struct Asked {
  QuoteText quote;
  DeviceEnrolment enrolment;
  RecordId enrolment_id;
  device::QuoteQuestion question;
};

// From the text of a code, or from a statement that holds a quote.
Result<QuoteText> read_quote(PosixDisk& disk, const std::string& path, const std::string& text) {
  if (!text.empty()) return device::parse_quote_text(text);
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limits::kEntryBytes));
  if (!bytes.starts_with("scrutineer/")) return device::parse_quote_text(bytes);
  SCRUTINEER_TRY(ReadRecord read, read_record_file(disk, path));
  SCRUTINEER_TRY(DeviceStatement statement, body_of<DeviceStatement>(read, path, "statement of a machine"));
  if (statement.tpm.state != TpmState::quote)
    return fail(
        ErrorCode::unsupported,
        "this statement holds no quote: " + std::string(kTpmStateNames[static_cast<std::size_t>(statement.tpm.state)]),
        path);
  return QuoteText{statement.device, measured_hash(statement), statement.tpm};
}

Result<Asked> read_asked(const QuoteFiles& files, const std::string& text) {
  PosixDisk disk;
  Asked asked;
  SCRUTINEER_TRY(asked.quote, read_quote(disk, files.quote, text));
  SCRUTINEER_TRY(ReadRecord enrolled, read_record_file(disk, files.enrolment));
  SCRUTINEER_TRY(asked.enrolment, body_of<DeviceEnrolment>(enrolled, files.enrolment, "enrolment of a machine"));
  asked.enrolment_id = enrolled.id;
  if (!asked.enrolment.tpm_key)
    return fail(ErrorCode::unsupported, "no TPM: nobody enrolled a TPM's key of this machine", files.enrolment);
  if (asked.enrolment.device != asked.quote.device)
    return fail(ErrorCode::conflict,
                "the quote is of machine " + asked.quote.device + ", the enrolment of " + asked.enrolment.device);
  auto nonce = from_hex(files.nonce);
  if (!nonce || nonce->size() < kNonceLeast || nonce->size() > kNonceMost)
    return fail(ErrorCode::invalid_argument, "--nonce: your own nonce, 32 to 128 lower-case hex digits");
  asked.question = {*nonce, asked.quote.measured, *asked.enrolment.tpm_key, asked.enrolment.pcrs};
  if (files.statement.empty()) return asked;
  SCRUTINEER_TRY(ReadRecord said, read_record_file(disk, files.statement));
  SCRUTINEER_TRY(DeviceStatement statement, body_of<DeviceStatement>(said, files.statement, "statement of a machine"));
  asked.question.measured = measured_hash(statement);
  if (statement.device != asked.quote.device || asked.question.measured != asked.quote.measured)
    return fail(ErrorCode::conflict, "the quote is for other measured values than those of this statement",
                files.statement);
  return asked;
}

constexpr std::string_view kGoodEn =
    "The quote holds: the TPM that was enrolled for {} answered your nonce.\n"
    "  measured values  {}\n  registers        {} signed, {} of them compared with those written down at sealing\n"
    "  enrolment        {}\n"
    "Who signed the enrolment is for the verifier of the log to tell. The measured values are what the machine's "
    "software "
    "says of itself; the TPM vouches for that software only as far as the registers cover it. No quote shows that a "
    "part is "
    "absent: look at the inspections and seals, too.\n";
constexpr std::string_view kGoodKo =
    "TPM의 서명이 맞습니다. {}의 것으로 등록된 TPM이 당신의 난수에 답하였습니다.\n"
    "  측정값    {}\n  레지스터  {}개에 서명하였고, 그 가운데 {}개를 봉인할 때 적은 값과 비교하였습니다\n"
    "  등록 기록 {}\n"
    "등록 기록에 누가 서명하였는지는 기록 전체를 검증하여야 알 수 있습니다. 측정값은 기기의 소프트웨어가 스스로 말한 "
    "것이며, TPM은 "
    "레지스터가 미치는 범위에서만 그 소프트웨어를 보증합니다. 어떤 서명으로도 부품이 없다는 것은 보일 수 없으므로 "
    "점검과 봉인 기록을 "
    "함께 보아야 합니다.\n";

}  // namespace

Result<ReadRecord> read_record_file(PosixDisk& disk, const std::string& path) {
  SCRUTINEER_TRY(Bytes bytes, read_file(disk, path, limits::kEntryBytes));
  std::string text = bytes;
  std::vector<std::string> signers;
  if (auto note = parse_note(bytes)) {
    text = note->text;
    for (const NoteSignature& signature : note->signatures) signers.push_back(signature.name);
  }
  auto record = read_record_text(text);
  if (!record) return tl::unexpected(placed(record.error(), path));
  return ReadRecord{std::move(*record), record_id(text), std::move(signers)};
}

Result<std::unique_ptr<Beside>> read_beside(PosixDisk& disk, const std::vector<std::string>& paths,
                                            const std::string& machine) {
  auto out = std::make_unique<Beside>();
  for (const std::string& path : paths) {
    SCRUTINEER_TRY(ReadRecord read, read_record_file(disk, path));
    const auto* enrolment = std::get_if<DeviceEnrolment>(&read.record.body);
    const auto* inspection = std::get_if<Inspection>(&read.record.body);
    if (!enrolment && !inspection)
      return fail(ErrorCode::invalid_argument, "this is neither an enrolment nor an inspection", path);
    const std::string& of = enrolment ? enrolment->device : inspection->device;
    if (of != machine) return fail(ErrorCode::invalid_argument, "this is about another machine: " + of, path);
    out->read.push_back(std::move(read));
  }
  for (const ReadRecord& read : out->read) out->records.push_back({read.id, &read.record.body, read.signers});
  auto views = device::devices(out->records);
  if (views.size() > 1)
    return fail(ErrorCode::invalid_argument, "these records are about machines of one name in different places");
  if (!views.empty()) out->view = std::move(views[0]);
  return out;
}

int check_quote_files(const QuoteFiles& files, const std::string& text) {
  auto asked = read_asked(files, text);
  if (!asked) {
    complain(asked.error());
    const ErrorCode code = asked.error().code;
    // What was put before us and does not hold is an answer; a file that is not there is none.
    const bool ran = code == ErrorCode::malformed || code == ErrorCode::conflict || code == ErrorCode::limit_exceeded ||
                     code == ErrorCode::unsupported;
    return ran ? kAnswerIsNo : kCouldNotRun;
  }
  auto quote = device::check_quote(asked->quote.answer, asked->question);
  if (!quote) return complain(quote.error()), kAnswerIsNo;
  print(fmt::format(fmt::runtime(files.lang == "ko" ? kGoodKo : kGoodEn), asked->quote.device,
                    to_hex(asked->question.measured), quote->pcrs.size(), asked->enrolment.pcrs.size(),
                    to_hex(asked->enrolment_id)));
  return kGood;
}

int verify_quote_command(int argc, char** argv) {
  QuoteFiles files;
  auto app = new_app(
      "scrutineer-verify --quote",
      "Checks offline that the TPM of a counting machine answered your own nonce, with the key that was "
      "enrolled when the machine was sealed.",
      "scrutineer-verify --quote quote.txt --key sorter-3-enrolment.note --nonce 00112233445566778899aabbccddeeff");
  app->add_option("--quote", files.quote, "the text of the QR code, or a statement with a quote in it")->required();
  app->add_option("--key", files.enrolment, "the machine's enrolment (device-enrolment record)")->required();
  app->add_option("--nonce", files.nonce, "your nonce, in hex")->required();
  app->add_option("--statement", files.statement, "the machine's statement that the quote must belong to");
  app->add_option("--lang", files.lang, "ko or en")->one_of({"ko", "en"});
  if (auto over = parse(*app, argc, argv)) return *over;
  return check_quote_files(files, "");
}

}  // namespace scrutineer::cli
