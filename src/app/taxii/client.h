// The client side of TAXII 2.1: reads other people's collections and feeds them. What a server answers is hostile until
// it has been checked: its size, its pages, its objects.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/taxii/taxii.h"
#include "core/base/disk.h"

namespace scrutineer {

struct TaxiiClientOptions {
  std::string url;           // of the discovery resource or of an API root: "https://host:port/taxii2/"
  std::string name, token;   // HTTP Basic; both empty: without
  std::string ca_file;       // PEM; empty: the system's authorities
  std::size_t seconds = 30;  // for one request
  std::size_t pages = limits::kTaxiiPages;
  std::size_t objects = limits::kTaxiiPulled;
};

// Name and token out of a file whose first line is NAME:TOKEN.
Status read_taxii_user(Disk& disk, const std::string& path, TaxiiClientOptions& options);

struct TaxiiPull {
  std::size_t objects = 0, pages = 0;
  std::size_t refused = 0;        // objects that are not STIX 2.1; everything else was handed out
  Problems problems;              // of these
  std::optional<TaxiiTime> last;  // date added of the last object, as the server says: where to go on
};

// Not thread-safe. Credentials go to the host of the url alone: an API root elsewhere is refused. Errors: unauthorised
// (401, 403), not_found, limit_exceeded (an answer or a pull too large, 413), busy (429, 503), unsupported (406, 415,
// or an answer that is not TAXII 2.1), malformed (what it says contradicts itself, pages without an end), io_error.
class TaxiiClient {
 public:
  // Asks for the discovery resource and takes its default API root, or its first.
  static Result<std::unique_ptr<TaxiiClient>> connect(const TaxiiClientOptions& options);
  virtual ~TaxiiClient() = default;

  virtual const std::string& api_root() const = 0;  // its path
  virtual Result<std::vector<TaxiiCollection>> collections() = 0;
  // Every object added after `since`, all versions, page by page in the order of the server; `take` may refuse to go
  // on.
  virtual Result<TaxiiPull> pull(const std::string& collection, TaxiiTime since,
                                 const std::function<Status(StixObject object)>& take) = 0;
  // The objects of a bundle or an envelope, each byte for byte.
  virtual Result<TaxiiStatus> push(const std::string& collection, const StixBundle& bundle) = 0;
  virtual Result<TaxiiStatus> status(const std::string& id) = 0;
};

}  // namespace scrutineer
