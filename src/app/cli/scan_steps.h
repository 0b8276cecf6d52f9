// What the commands about scanned papers have in common.
#pragma once

#include <string>
#include <vector>

#include "app/scan/scan.h"
#include "app/ui/message.h"

namespace scrutineer::cli {

// This program by its name, version and hash, as batch.json says it. Errors: those of reading it.
Status name_software(Disk& disk, ScanRequest& request);

// What a person at the machine reads when the batch is done.
std::string scan_text(const ScanSummary& summary, ui::Lang lang);

}  // namespace scrutineer::cli
