#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/session.h"
#include "app/cli/terminal.h"
#include "app/cli/tls.h"
#include "core/base/limits.h"
#include "core/crypto/certificate.h"

namespace scrutineer::cli {
namespace {

struct Files {
  std::string authority, authority_key, server, server_key;
  explicit Files(const std::string& directory)
      : authority(directory + "/ca.pem"),
        authority_key(directory + "/ca-key.pem"),
        server(directory + "/server.pem"),
        server_key(directory + "/server-key.pem") {}
};

// The authority of that directory; a new one where there is none.
Result<Certificate> authority_of(Disk& disk, const Files& files, const std::vector<std::string>& names, Rng& rng,
                                 UnixSeconds now, bool& is_new) {
  SCRUTINEER_TRY(const bool there, disk.exists(files.authority));
  is_new = !there;
  if (there) {
    SCRUTINEER_TRY(std::string pem, read_file(disk, files.authority, limits::kKeyFileBytes));
    SCRUTINEER_TRY(Bytes key, read_file(disk, files.authority_key, limits::kKeyFileBytes));
    Certificate known{std::move(pem), SecretBytes::copy_of(key)};
    wipe(key);
    return known;
  }
  SCRUTINEER_TRY(Certificate made, make_authority(names, now, rng));
  SCRUTINEER_CHECKED(save_key(disk, files.authority_key, made.key_pem.view()));
  SCRUTINEER_CHECKED(write_file(disk, files.authority, made.pem, Durability::durable));
  return made;
}

// A new key each time: an old one may have been seen by whoever ran the server before.
Status write_server(Disk& disk, const Files& files, const Certificate& server) {
  SCRUTINEER_TRY(const bool there, disk.exists(files.server_key));
  if (there) SCRUTINEER_CHECKED(disk.remove(files.server_key));
  SCRUTINEER_CHECKED(save_key(disk, files.server_key, server.key_pem.view()));
  return write_file(disk, files.server, server.pem, Durability::durable);
}

void explain(const Files& files, const std::string& name) {
  tell("\n개표소의 컴퓨터마다 " + files.authority +
       " 을 한 번 신뢰하도록 등록하고, 지문이 위와 같은지 눈으로 확인하십시오.\n"
       "On every computer of the centre: trust " +
       files.authority +
       " once, and compare the fingerprint above by eye.\n"
       "  Windows   certutil -addstore -f Root ca.pem\n"
       "  macOS     security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.pem\n"
       "  Debian    cp ca.pem /usr/local/share/ca-certificates/scrutineer.crt && update-ca-certificates\n"
       "  Firefox   설정 > 인증서 > 인증 기관 > 가져오기   Settings > Certificates > Authorities > Import\n"
       "  Chrome    chrome://certificate-manager\n\n"
       "이 인증 기관은 " +
       name +
       " 등 위에 적은 이름만 보증할 수 있습니다. ca-key.pem 은 갱신할 때만 쓰므로 다른 곳에 보관하십시오.\n"
       "This authority can vouch for the names given and nothing else. ca-key.pem is needed for renewing only: keep it "
       "elsewhere.");
}

}  // namespace

Result<CertificatesMade> write_certificates(Disk& disk, const std::string& directory,
                                            const std::vector<std::string>& names) {
  SystemRng rng;
  SystemClock clock;
  const Files files(directory);
  CertificatesMade made;
  SCRUTINEER_CHECKED(disk.make_directories(directory));
  SCRUTINEER_TRY(Certificate authority, authority_of(disk, files, names, rng, clock.now(), made.new_authority));
  SCRUTINEER_TRY(Certificate server,
                 make_server_certificate(authority.pem, authority.key_pem, names, clock.now(), rng));
  SCRUTINEER_CHECKED(write_server(disk, files, server));
  SCRUTINEER_TRY(made.fingerprint, certificate_fingerprint(authority.pem));
  SCRUTINEER_TRY(UnixSeconds end, certificate_end(server.pem));
  made.end = to_rfc3339(end);
  return made;
}

int ca_command(int argc, char** argv) {
  std::string directory;
  std::vector<std::string> names;
  auto app =
      new_app("scrutineer ca",
              "Makes a certificate authority that is good for these names only, and a server's certificate under "
              "it; both for a year. Where DIR has an authority already, it makes the server a new certificate.",
              "scrutineer ca --dir tls --name centre.example --name 192.168.0.10");
  app->add_option("--dir", directory, "where ca.pem, ca-key.pem, server.pem and server-key.pem go")->required();
  app->add_option("--name", names, "a name or address under which browsers reach the server; may be given again")
      ->required();
  if (auto over = parse(*app, argc, argv)) return *over;
  PosixDisk disk;
  auto made = write_certificates(disk, directory, names);
  if (!made) return complain(made.error());
  const Files files(directory);
  if (made->new_authority)
    tell("Made a certificate authority: " + files.authority + "\n인증 기관을 만들었습니다: " + files.authority);
  print("SHA-256 " + made->fingerprint + "\n");
  tell("Good until " + made->end + "   까지 유효합니다.");
  explain(files, names[0]);
  return kGood;
}

}  // namespace scrutineer::cli
