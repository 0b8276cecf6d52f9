// Scanners by way of SANE (the SANE standard, version 1.06): papers of a feeder, one after the other, as PGM or PBM
// pictures. The library is loaded when somebody scans and not before: it brings every maker's driver into the process,
// and no other command wants those.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/scan/source.h"

namespace scrutineer {

struct ScannerName {
  std::string device;  // "epson2:libusb:001:004"
  std::string maker, model;
};

struct ScannerRequest {
  std::string device;
  int dots_per_inch = 200;
  int sides = 1;  // 2: a feeder that scans both, front first
  // Options of the driver, by its own names ("source", "br-y"), as text; what is set here wins over what we choose.
  std::vector<std::pair<std::string, std::string>> options;
  std::string library = "libsane.so.1";
};

// Attached to this machine; scanners of the network are not asked for. Errors: not_found (no library), io_error.
Result<std::vector<ScannerName>> attached_scanners(const std::string& library = "libsane.so.1");

// Grey or black and white, from the feeder where there is one, else one paper from the glass. next(): io_error with
// what the scanner said (a jam, an open cover, a paper that ended early); pages before it have been handed out. Errors:
// not_found (no library, no such scanner), unsupported (it cannot scan in grey, or both sides), invalid_argument (an
// option that it does not have, or not with that value), io_error.
Result<std::unique_ptr<ScanSource>> open_scanner(const ScannerRequest& request);

}  // namespace scrutineer
