#include "app/device/gather.h"

namespace scrutineer::device {

bool is_about_machines(RecordType type) {
  return type == RecordType::device_statement || type == RecordType::device_enrolment || type == RecordType::inspection;
}

// Signers by the names of their keys: those whose signatures count.
Result<Gathered> gather(const RecordBook& book, const LogReader& log) {
  Gathered out;
  for (const RecordState record : book.records()) {
    if (!is_about_machines(record.type) || record.effect == kNever) continue;
    SCRUTINEER_TRY(Bytes note, log.entry(record.first));
    SCRUTINEER_TRY(ParsedEntry entry, parse_entry(note));
    out.bodies.push_back(std::make_unique<Record>(std::move(entry.record)));
    DeviceRecord& kept = out.records.emplace_back();
    kept.id = record.id;
    kept.body = &out.bodies.back()->body;
    for (const RecordSigner signer : record.signers)
      if (signer.state == SignerState::authorised || signer.state == SignerState::adopted)
        kept.signers.push_back(book.keys()[signer.key].key.name);
  }
  out.machines = devices(out.records);
  return out;
}

}  // namespace scrutineer::device
