// TAXII 2.1 (OASIS Standard, 10 June 2021): what a server hands out and takes, as plain values, and what whoever keeps
// the objects has to answer. docs/formats/taxii.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/stix/stix.h"

namespace scrutineer {

inline constexpr std::string_view kTaxiiMedia = "application/taxii+json;version=2.1";
inline constexpr std::string_view kStixMedia = "application/stix+json;version=2.1";

namespace limits {
inline constexpr std::size_t kTaxiiPage = 1'000;          // objects in one answer, whatever the client asks for
inline constexpr std::size_t kTaxiiPageDefault = 100;     // where it asks for nothing
inline constexpr std::size_t kTaxiiPageBytes = 8u << 20;  // of objects in one answer, but for a single larger one
inline constexpr std::size_t kTaxiiContent = kStixBytes;  // max_content_length: of one request
inline constexpr std::size_t kTaxiiStatuses = 10'000;     // remembered; then the oldest goes
inline constexpr std::size_t kTaxiiUsers = 1'000;
inline constexpr std::size_t kTaxiiAnswer = 64u << 20;      // that a client reads
inline constexpr std::size_t kTaxiiPages = 10'000;          // that a client follows
inline constexpr std::size_t kTaxiiPulledBytes = 1u << 30;  // of answers in one pull
inline constexpr std::size_t kTaxiiPulled = 1'000'000;      // objects in one pull
}  // namespace limits

// Microseconds since 1970: the order in which a collection got its objects. Never twice in one collection.
struct TaxiiTime {
  std::int64_t micros = 0;
  friend auto operator<=>(TaxiiTime, TaxiiTime) = default;
};
std::string to_string(TaxiiTime time);  // "2021-04-19T17:44:00.000001Z"
std::optional<TaxiiTime> parse_taxii_time(std::string_view text);

struct TaxiiCollection {
  std::string id;  // a UUID
  std::string title, description;
  std::string alias;  // may stand in place of the id; may be empty
  bool can_read = false, can_write = false;
};

// One object as it lies in a collection, without its bytes.
struct TaxiiHead {
  TaxiiTime added;
  StixId id;
  std::string version;      // `modified`, else `created`, else `added`
  Hash256 hash;             // SHA-256 of its bytes
  std::uint64_t place = 0;  // the backend's own
};

// Section 3.4. What is not filled in does not filter.
struct TaxiiQuery {
  TaxiiTime after;  // added_after, or where the page before ended
  std::vector<std::string> ids, types, spec_versions;
  bool first = false, last = true, all = false;  // match[version]
  std::vector<std::string> versions;             // the same, by time
  std::size_t limit = limits::kTaxiiPageDefault;
};

struct TaxiiFound {
  std::vector<TaxiiHead> heads;  // in the order in which they were added, at most `limit`
  bool more = false;
};

// Section 4.3.1
struct TaxiiOutcome {
  std::string id, version, message;  // message: of failures, never a value out of the object
};
struct TaxiiStatus {
  std::string id;  // a UUID
  TaxiiTime requested;
  std::vector<TaxiiOutcome> successes, failures, pendings;
  bool complete() const { return pendings.empty(); }
};

struct TaxiiUser {
  std::string name;
};

struct TaxiiAbout {
  std::string title, description, contact;
};

// Whoever keeps objects: one for files is store.h. Thread-safe. Errors of find and open: not_found, unauthorised;
// anything else is answered with 500 and not explained to the client.
class TaxiiBackend {
 public:
  virtual ~TaxiiBackend() = default;
  // The value of the header Authorization, empty where there is none. Takes the same time for a wrong name as for a
  // wrong secret. nullopt: 401.
  virtual std::optional<TaxiiUser> user_of(std::string_view authorization) = 0;
  virtual TaxiiAbout about() = 0;
  // Those that the user may know of.
  virtual std::vector<TaxiiCollection> collections(const TaxiiUser& user) = 0;
  virtual Result<TaxiiFound> find(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiQuery& query) = 0;
  virtual Result<Bytes> open(const TaxiiUser& user, const TaxiiCollection& from, const TaxiiHead& head) = 0;
  // Objects that are well-formed, and outcomes of those that were not: both belong into the status.
  virtual Result<TaxiiStatus> add(const TaxiiUser& user, const TaxiiCollection& to, std::vector<StixObject> objects,
                                  std::vector<TaxiiOutcome> failures) = 0;
  virtual std::optional<TaxiiStatus> status(const TaxiiUser& user, std::string_view id) = 0;
};

}  // namespace scrutineer
