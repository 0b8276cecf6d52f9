#include "core/crypto/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/crypto/freer.h"
#include "core/crypto/hash.h"
#include "core/crypto/p256.h"
#include "core/crypto/signature.h"

namespace scrutineer {

namespace {

using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using OctetsPtr = std::unique_ptr<ASN1_OCTET_STRING, Freer<ASN1_OCTET_STRING_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;
using p256::KeyHandle;

constexpr std::int64_t kSkewSeconds = 3'600;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::size_t kNameBytes = 253;  // RFC 1035
constexpr std::size_t kLabelBytes = 63;
constexpr std::size_t kPemBytes = 16u << 10;

// How many bytes the address has; 0 where the name is no address.
std::size_t address_bytes(const std::string& name) {
  const OctetsPtr octets(a2i_IPADDRESS(name.c_str()));
  ERR_clear_error();
  return octets ? static_cast<std::size_t>(ASN1_STRING_length(octets.get())) : 0;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelBytes && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

Status check_names(const std::vector<std::string>& names) {
  if (names.empty() || names.size() > kCertificateNames)
    return fail(ErrorCode::invalid_argument, "a certificate is for one name at least and 32 at most");
  for (const std::string& name : names) SCRUTINEER_CHECKED(check_server_name(name));
  return {};
}

// "DNS:a.example,IP:127.0.0.1". The names have been checked: none holds a comma or a colon that means something.
std::string alternative_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names)
    out.append(out.empty() ? "" : ",").append(address_bytes(name) > 0 ? "IP:" : "DNS:").append(name);
  return out;
}

// A constraint restricts only the kinds of names that it mentions (RFC 5280 section 4.2.1.10), so whatever kind is not
// permitted is excluded as a whole.
std::string constraints(const std::vector<std::string>& names) {
  std::string out = "critical";
  bool v4 = false, v6 = false, dns = false;
  for (const std::string& name : names) {
    switch (address_bytes(name)) {
      case 4: out += ",permitted;IP:" + name + "/255.255.255.255", v4 = true; break;
      case 16: out += ",permitted;IP:" + name + "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", v6 = true; break;
      default: out += ",permitted;DNS:" + name, dns = true;
    }
  }
  if (!v4 && !v6) out += ",excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0";
  // "invalid" belongs to nobody (RFC 2606); excluding "" is not understood everywhere.
  if (!dns) out += ",permitted;DNS:invalid";
  return out;
}

void add(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "OpenSSL refuses an extension of ours");
}

void set_serial(X509* certificate, Rng& rng) {
  std::array<std::uint8_t, 16> bytes;  // RFC 5280 section 4.1.2.2: positive, at most 20 bytes, never the same twice
  rng.fill(bytes);
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7f) | 0x40);
  const NumberPtr number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

void set_subject(X509_NAME* subject, const std::string& common_name) {
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
}

struct Draft {
  X509Ptr certificate;
  KeyHandle key;
};

Result<Draft> draft(const std::string& common_name, std::int64_t from, std::int64_t to, Rng& rng) {
  SCRUTINEER_TRY(KeyHandle key, p256::private_key(new_private_key(KeyType::ecdsa_p256, rng).secret));
  Draft out{X509Ptr(X509_new()), std::move(key)};
  X509* certificate = out.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  set_serial(certificate, rng);
  set_subject(X509_get_subject_name(certificate), common_name);
  ASN1_TIME_set(X509_getm_notBefore(certificate), from);
  ASN1_TIME_set(X509_getm_notAfter(certificate), to);
  X509_set_pubkey(certificate, out.key.get());
  return out;
}

std::string bytes_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

Result<Certificate> finished(Draft made, EVP_PKEY* signer) {
  check(X509_sign(made.certificate.get(), signer, EVP_sha256()) > 0, "OpenSSL does not sign a certificate of ours");
  const BioPtr pem(BIO_new(BIO_s_mem())), key(BIO_new(BIO_s_secmem()));
  check(PEM_write_bio_X509(pem.get(), made.certificate.get()) == 1 &&
            PEM_write_bio_PKCS8PrivateKey(key.get(), made.key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "OpenSSL does not write a certificate of ours");
  Certificate out;
  out.pem = bytes_of(pem.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(key.get(), &data);
  out.key_pem = SecretBytes::copy_of(BytesView(data, static_cast<std::size_t>(size)));
  return out;
}

Result<X509Ptr> parse(BytesView pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), kPemBytes))));
  X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!certificate || pem.size() > kPemBytes) return fail(ErrorCode::malformed, "this is not a certificate in PEM");
  return certificate;
}

Result<KeyHandle> parse_key(const SecretBytes& pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), kPemBytes))));
  // An encrypted key is refused, not asked about on a terminal.
  const auto nobody = [](char*, int, int, void*) { return -1; };
  KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nobody, nullptr));
  ERR_clear_error();
  if (!key) return fail(ErrorCode::malformed, "this is not a private key in PEM");
  return key;
}

std::int64_t seconds_of(const ASN1_TIME* time) {
  int days = 0, seconds = 0;
  const std::unique_ptr<ASN1_TIME, Freer<ASN1_TIME_free>> zero(ASN1_TIME_set(nullptr, 0));
  check(ASN1_TIME_diff(&days, &seconds, zero.get(), time) == 1, "a certificate without a time");
  return days * kDaySeconds + seconds;
}

}  // namespace

Status check_server_name(const std::string& name) {
  if (address_bytes(name) > 0) return {};
  bool good = !name.empty() && name.size() <= kNameBytes;
  for (std::string_view rest = name; good;) {
    const std::size_t dot = rest.find('.');
    good = is_label(rest.substr(0, dot));
    if (dot == rest.npos) break;
    rest.remove_prefix(dot + 1);
  }
  if (!good)
    return fail(ErrorCode::invalid_argument,
                "a server's name is like centre.example (lower case letters, digits, '-', '.') or an IP address", name);
  return {};
}

Result<Certificate> make_authority(const std::vector<std::string>& names, UnixSeconds now, Rng& rng) {
  SCRUTINEER_CHECKED(check_names(names));
  const std::string name = "Scrutineer " + to_rfc3339(now).substr(0, 10) + " " + names[0];
  SCRUTINEER_TRY(Draft made,
                 draft(name.substr(0, 64), now.value - kSkewSeconds, now.value + kCertificateDays * kDaySeconds, rng));
  X509* certificate = made.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add(certificate, certificate, NID_key_usage, "critical,keyCertSign");
  add(certificate, certificate, NID_ext_key_usage, "serverAuth");
  add(certificate, certificate, NID_subject_key_identifier, "hash");
  add(certificate, certificate, NID_name_constraints, constraints(names));
  EVP_PKEY* signer = made.key.get();
  return finished(std::move(made), signer);
}

Result<Certificate> make_server_certificate(BytesView authority_pem, const SecretBytes& authority_key_pem,
                                            const std::vector<std::string>& names, UnixSeconds now, Rng& rng) {
  SCRUTINEER_CHECKED(check_names(names));
  SCRUTINEER_TRY(const X509Ptr authority, parse(authority_pem));
  SCRUTINEER_TRY(const KeyHandle signer, parse_key(authority_key_pem));
  if (X509_check_private_key(authority.get(), signer.get()) != 1) {
    ERR_clear_error();
    return fail(ErrorCode::malformed, "this key is not that of the authority");
  }
  const std::int64_t end = seconds_of(X509_get0_notAfter(authority.get()));
  if (end <= now.value) return fail(ErrorCode::stale, "the authority has expired; make a new one");
  const std::int64_t start = seconds_of(X509_get0_notBefore(authority.get()));
  SCRUTINEER_TRY(Draft made, draft("Scrutineer server", std::max(start, now.value - kSkewSeconds),
                                   std::min(end, now.value + kCertificateDays * kDaySeconds), rng));
  X509* certificate = made.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(authority.get()));
  add(certificate, authority.get(), NID_basic_constraints, "critical,CA:FALSE");
  add(certificate, authority.get(), NID_key_usage, "critical,digitalSignature");
  add(certificate, authority.get(), NID_ext_key_usage, "serverAuth");
  add(certificate, authority.get(), NID_subject_key_identifier, "hash");
  add(certificate, authority.get(), NID_authority_key_identifier, "keyid:always");
  add(certificate, authority.get(), NID_subject_alt_name, alternative_names(names));
  SCRUTINEER_TRY(Certificate out, finished(std::move(made), signer.get()));
  for (const std::string& name : names) {
    if (Status good = verify_server_certificate(authority_pem, out.pem, name, now); !good)
      return fail(ErrorCode::invalid_argument, "the authority does not cover this name: " + good.error().message, name);
  }
  return out;
}

Status verify_server_certificate(BytesView authority_pem, BytesView server_pem, const std::string& name,
                                 UnixSeconds now) {
  SCRUTINEER_CHECKED(check_server_name(name));  // an empty name would be any name
  SCRUTINEER_TRY(const X509Ptr authority, parse(authority_pem));
  SCRUTINEER_TRY(const X509Ptr server, parse(server_pem));
  const StorePtr store(X509_STORE_new());
  const StoreContextPtr context(X509_STORE_CTX_new());
  X509_STORE_add_cert(store.get(), authority.get());
  X509_STORE_CTX_init(context.get(), store.get(), server.get(), nullptr);
  X509_STORE_CTX_set_default(context.get(), "ssl_server");
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(parameters, now.value);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
  const bool bound = address_bytes(name) > 0 ? X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) == 1
                                             : X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size()) == 1;
  const bool good = bound && X509_verify_cert(context.get()) == 1;
  ERR_clear_error();
  if (!good)
    return fail(ErrorCode::unauthorised, X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())), name);
  return {};
}

Result<std::string> certificate_fingerprint(BytesView pem) {
  SCRUTINEER_TRY(const X509Ptr certificate, parse(pem));
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate.get(), &der);
  check(size > 0, "OpenSSL does not encode a certificate that it has read");
  std::string hex = to_hex(sha256(BytesView(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size))));
  OPENSSL_free(der);
  std::string out;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % 2 == 0) out += ':';
    out += hex[i] >= 'a' ? static_cast<char>(hex[i] - 32) : hex[i];
  }
  return out;
}

Result<UnixSeconds> certificate_end(BytesView pem) {
  SCRUTINEER_TRY(const X509Ptr certificate, parse(pem));
  return UnixSeconds{seconds_of(X509_get0_notAfter(certificate.get()))};
}

}  // namespace scrutineer
