// What 'ca' and 'nginx' write, for whoever else needs it.
#pragma once

#include <string>
#include <vector>

#include "app/http/nginx.h"
#include "core/base/disk.h"

namespace scrutineer::cli {

struct CertificatesMade {
  std::string fingerprint;  // SHA-256 of the authority
  std::string end;          // RFC 3339: the last second at which the server's is good
  bool new_authority = false;
};

// DIR/ca.pem, ca-key.pem, server.pem, server-key.pem. Where DIR has an authority, the server gets a new certificate
// under it.
Result<CertificatesMade> write_certificates(Disk& disk, const std::string& directory,
                                            const std::vector<std::string>& names);

// options.directory/nginx.conf and what nginx needs beside it. Directories become absolute.
Status write_nginx_config(Disk& disk, http::NginxOptions& options);

}  // namespace scrutineer::cli
