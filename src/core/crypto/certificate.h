// X.509 certificates (RFC 5280) for TLS inside a counting centre: an authority of one's own, good for a few names only,
// and the certificates of servers that bear those names. ECDSA P-256 with SHA-256.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/crypto/secret.h"

namespace scrutineer {

inline constexpr std::int64_t kCertificateDays = 365;
inline constexpr std::size_t kCertificateNames = 32;

struct Certificate {
  std::string pem;      // public
  SecretBytes key_pem;  // PKCS #8, not encrypted: whoever reads it can pose as its owner
};

// "centre.example", "centre" or an IPv4 or IPv6 address; lower case, no wildcards. Error: invalid_argument.
Status check_server_name(const std::string& name);

// An authority whose word counts for these names (and what stands below them), for nothing else, and for servers only
// (RFC 5280 section 4.2.1.10): whoever trusts it cannot be deceived by it about any other site. Good from an hour
// before `now`, since clocks differ. Errors: invalid_argument (a name).
Result<Certificate> make_authority(const std::vector<std::string>& names, UnixSeconds now, Rng& rng);

// Of a server, never good for longer than its authority. Errors: invalid_argument (a name; or one that the authority
// does not cover), malformed (the authority's files), stale (the authority has expired).
Result<Certificate> make_server_certificate(BytesView authority_pem, const SecretBytes& authority_key_pem,
                                            const std::vector<std::string>& names, UnixSeconds now, Rng& rng);

// Whether who trusts `authority_pem` and nobody else believes that this is the server of that name at that time.
// Errors: malformed, unauthorised (says why).
Status verify_server_certificate(BytesView authority_pem, BytesView server_pem, const std::string& name,
                                 UnixSeconds now);

// "AB:CD:...": SHA-256 of the certificate, as browsers and operating systems show it, to compare by eye.
Result<std::string> certificate_fingerprint(BytesView pem);
// The last second at which it is good.
Result<UnixSeconds> certificate_end(BytesView pem);

}  // namespace scrutineer
