// Evidence from anybody: files that read are written back as the same evidence, and judging whatever they hold ends in
// a report or a refusal. The first lines of the input name files and their sizes; the rest is their bytes. Where it is
// no such list, it is one log's entries under an agreement that is known.
#include "core/notice/agreement_for_test.h"
#include "core/notice/verdict.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;

namespace {

// An agreement, a notice and what is said about it, so that a changed entry meets something.
struct Known {
  testing::Cast cast;
  RecordId agreement;
  std::vector<Bytes> entries;
  Bytes checkpoint;

  Known() {
    const std::string terms = notice_record_text({{}, {}, testing::agreement_for_test(cast)});
    agreement = record_id(terms);
    entries.push_back(cast.sign(terms, {"service/head", "commission/head"}));
    SealedContent content;
    content.ciphertext = {BlobHash{sha256("ciphertext")}, 100, "application/vnd.scrutineer.sealed"};
    content.payload = sha256("payload");
    const Bytes notice =
        cast.sign(NoticeRecord{agreement, {}, Notice{NoticeKind::attack, NoticeChange::first, {}, {}, content}},
                  {"service/machine"});
    entries.push_back(notice);
    entries.push_back(cast.sign(NoticeRecord{agreement, {}, Acknowledgement{testing::id_of(notice), content.payload}},
                                {"commission/officer-1"}));
  }
};

void judge(const Evidence& evidence, const RecordId& agreement) {
  EvidenceOptions options;
  options.agreements = {agreement};
  for (const AgreementInEvidence& one : agreements_in(evidence)) options.agreements.push_back(one.id);
  if (options.agreements.size() > 4) options.agreements.resize(4);
  for (const EvidenceLog& log : evidence.logs)
    for (BytesView note : log.checkpoints)
      if (options.seen.size() < 4) options.seen.emplace_back(note);
  auto report = judge_evidence(evidence, options);
  if (!report) return;
  check(is_utf8(evidence_text(*report, ReportLanguage::ko)), "a report is UTF-8");
  check(Json::parse(evidence_json(*report), 16).has_value(), "a report reads back as JSON");
}

// "PATH SIZE" a line, an empty line, then the bytes one after the other.
std::vector<EvidenceFile> files_of(std::string_view input) {
  std::vector<EvidenceFile> files;
  const std::size_t end = input.find("\n\n");
  if (end == input.npos) return files;
  std::string_view lines = input.substr(0, end + 1), rest = input.substr(end + 2);
  while (!lines.empty()) {
    const std::size_t stop = lines.find('\n');
    const std::string_view line = lines.substr(0, stop);
    lines.remove_prefix(stop + 1);
    const std::size_t space = line.rfind(' ');
    const auto size = space == line.npos ? std::nullopt : parse_decimal(line.substr(space + 1));
    if (!size) return {};
    const std::size_t taken = std::min<std::uint64_t>(*size, rest.size());
    files.push_back({std::string(line.substr(0, space)), rest.substr(0, taken)});
    rest.remove_prefix(taken);
  }
  return files;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Known known;
  const std::string_view input = fuzz_text(data, size);
  const std::vector<EvidenceFile> files = files_of(input);
  if (files.empty()) {
    Evidence evidence;
    evidence.logs.push_back({"service.example/notices", {known.entries.begin(), known.entries.end()}, {}});
    evidence.logs.back().entries.push_back(input);
    judge(evidence, known.agreement);
    return 0;
  }
  auto evidence = read_evidence(files);
  if (!evidence) return 0;
  const std::vector<EvidenceBytes> written = write_evidence(*evidence);
  std::vector<EvidenceFile> again;
  for (const EvidenceBytes& file : written) again.push_back({file.path, file.bytes});
  auto reread = read_evidence(again);
  check(reread.has_value(), "what was written is read");
  check(reread->logs.size() == evidence->logs.size(), "as many logs");
  for (std::size_t i = 0; i < reread->logs.size(); ++i)
    check(reread->logs[i].entries == evidence->logs[i].entries, "the same entries");
  judge(*evidence, known.agreement);
  return 0;
}
