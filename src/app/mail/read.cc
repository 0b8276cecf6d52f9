#include "app/mail/read.h"

#include <algorithm>

#include "app/mail/body.h"
#include "app/mail/header.h"
#include "app/mail/limits.h"
#include "app/mail/report.h"
#include "app/mail/write.h"

namespace scrutineer::mail {

namespace {

// One part, as its header says.
struct Part {
  Parameterised type;
  std::string encoding;
  std::string file;  // its name; empty where it has none
  BytesView body;

  bool is_multipart() const { return type.value.starts_with("multipart/"); }
  bool is_mail() const { return type.value == "message/rfc822" || type.value == "message/global"; }
  // Programs that pass a mail on forget types that they do not know; the name stays. RFC 2231 writes it as
  // filename*=utf-8''..., which ends in the same letters.
  bool is_envelope() const {
    return type.value == kEnvelopeType ||
           (type.value == "application/octet-stream" && lower(file).ends_with(kEnvelopeSuffix));
  }
  bool is_plain() const { return encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary"; }
};

// RFC 2183 section 2.3; the name parameter of older programs.
Result<std::string> file_name(const Header& header, const Parameterised& type) {
  SCRUTINEER_TRY(const auto field, header.only("content-disposition"));
  Parameterised disposition;
  if (field) {
    SCRUTINEER_TRY(disposition, parse_parameterised(*field));
  }
  for (std::string_view name : {disposition.parameter("filename"), disposition.parameter("filename*"),
                                type.parameter("name"), type.parameter("name*")})
    if (!name.empty()) return std::string(name);
  return std::string();
}

Result<Part> part_of(const Header& header, BytesView body, std::string_view usual_type) {
  Part out;
  out.body = body;
  SCRUTINEER_TRY(const auto type, header.only("content-type"));
  SCRUTINEER_TRY(out.type, parse_parameterised(type.value_or(usual_type)));
  SCRUTINEER_TRY(const auto encoding, header.only("content-transfer-encoding"));
  SCRUTINEER_TRY(const Parameterised bare, parse_parameterised(encoding.value_or("")));
  out.encoding = bare.value;
  SCRUTINEER_TRY(out.file, file_name(header, out.type));
  return out;
}

// RFC 3834 section 5: an answer that nobody wrote.
Result<bool> is_automatic_answer(const Header& header) {
  SCRUTINEER_TRY(const auto field, header.only("auto-submitted"));
  SCRUTINEER_TRY(const Parameterised value, parse_parameterised(field.value_or("no")));
  return value.value == "auto-replied";
}

class Reader {
 public:
  explicit Reader(BytesView whole) : whole_(whole) {}

  Status read_mail(BytesView bytes, std::size_t depth) {
    SCRUTINEER_TRY(const Header header, parse_header(bytes, place(bytes)));
    SCRUTINEER_TRY(const Part part, read_part(header, bytes, "text/plain"));
    SCRUTINEER_TRY(const bool automatic, is_automatic_answer(header));
    if (part.type.value == "multipart/report") return depth == 0 ? read_report(part) : Status();  // a bounce passed on
    if (automatic) {
      if (depth == 0) out_.automatic_answer = true;
      return {};
    }
    return walk(part, depth);
  }
  Contents take() { return std::move(out_); }

 private:
  std::size_t place(BytesView bytes) const { return static_cast<std::size_t>(bytes.data() - whole_.data()); }

  // The error of a part, with its place where it has none.
  tl::unexpected<Error> in(BytesView bytes, Error error) const {
    if (error.where.empty()) error.where = "byte " + std::to_string(place(bytes) + 1);
    return tl::unexpected<Error>(std::move(error));
  }

  Result<Part> read_part(const Header& header, BytesView bytes, std::string_view usual_type) {
    if (++parts_ > kMailParts)
      return broken(ErrorCode::limit_exceeded, "a mail has more than " + std::to_string(kMailParts) + " parts",
                    place(bytes));
    auto out = part_of(header, bytes.substr(header.size), usual_type);
    if (!out) return in(bytes, std::move(out).error());
    return out;
  }

  Result<std::vector<BytesView>> parts_of(const Part& part) const {
    // RFC 2045 section 6.4; RFC 2046 section 5.2.1.
    if (!part.is_plain())
      return broken(ErrorCode::unsupported, "parts inside an encoding are not read", place(part.body));
    auto out = split_multipart(part.body, part.type.parameter("boundary"));
    if (!out) return in(part.body, std::move(out).error());
    return out;
  }

  Status walk(const Part& part, std::size_t depth) {
    if (part.is_envelope()) return take_envelope(part);
    if (!part.is_multipart() && !part.is_mail()) return {};
    if (++depth > kMailDepth)
      return broken(ErrorCode::limit_exceeded,
                    "parts of a mail are inside each other more than " + std::to_string(kMailDepth) + " deep",
                    place(part.body));
    if (part.is_mail()) {
      if (!part.is_plain())
        return broken(ErrorCode::unsupported, "a forwarded mail inside an encoding is not read", place(part.body));
      return read_mail(part.body, depth);
    }
    if (part.type.value == "multipart/report") return {};
    SCRUTINEER_TRY(const auto pieces, parts_of(part));
    // RFC 2046 section 5.1.5.
    const std::string_view usual = part.type.value == "multipart/digest" ? "message/rfc822" : "text/plain";
    for (BytesView piece : pieces) {
      SCRUTINEER_TRY(const Header header, parse_header(piece, place(piece)));
      SCRUTINEER_TRY(const Part inner, read_part(header, piece, usual));
      SCRUTINEER_CHECKED(walk(inner, depth));
    }
    return {};
  }

  Status take_envelope(const Part& part) {
    if (out_.envelopes.size() == kMailEnvelopes)
      return broken(ErrorCode::limit_exceeded, "a mail has more than " + std::to_string(kMailEnvelopes) + " envelopes",
                    place(part.body));
    auto bytes = decode_body(part.body, part.encoding, kEnvelopeBytes);
    if (!bytes) return in(part.body, std::move(bytes).error());
    if (bytes->empty()) return broken(ErrorCode::malformed, "an envelope is empty", place(part.body));
    out_.envelopes.push_back(*std::move(bytes));
    return {};
  }

  // RFC 6522: words for people, the report, and what came back. Nothing of what came back counts: it is our own.
  Status read_report(const Part& report) {
    const std::string kind = lower(report.type.parameter("report-type"));
    if (kind == "disposition-notification") out_.automatic_answer = true;  // RFC 8098: "displayed" proves nothing
    if (kind != "delivery-status") return {};
    SCRUTINEER_TRY(const auto pieces, parts_of(report));
    std::optional<MessageId> about;
    for (BytesView piece : pieces) {
      SCRUTINEER_TRY(const Header header, parse_header(piece, place(piece)));
      SCRUTINEER_TRY(const Part part, read_part(header, piece, "text/plain"));
      if (part.type.value == "message/delivery-status" || part.type.value == "message/global-delivery-status") {
        SCRUTINEER_CHECKED(read_status(part));
      } else if (part.is_plain() && (part.is_mail() || part.type.value == "text/rfc822-headers" ||
                                     part.type.value == "message/global-headers")) {
        if (auto returned = parse_header(part.body, place(part.body))) about = message_id_of(*returned);
      }
    }
    if (out_.bounces.empty())
      return broken(ErrorCode::malformed, "a delivery report has no report in it", place(report.body));
    for (Bounce& bounce : out_.bounces) bounce.about = about;
    return {};
  }

  Status read_status(const Part& part) {
    auto bytes = decode_body(part.body, part.encoding, kMailHeaderBytes * 2);
    if (!bytes) return in(part.body, std::move(bytes).error());
    auto bounces = parse_delivery_status(*bytes);
    if (!bounces) {
      bounces.error().where.clear();  // places inside the decoded text say nothing about the mail
      return in(part.body, std::move(bounces).error());
    }
    if (!out_.bounces.empty())
      return broken(ErrorCode::malformed, "a delivery report has two reports in it", place(part.body));
    out_.bounces = *std::move(bounces);
    return {};
  }

  BytesView whole_;
  Contents out_;
  std::size_t parts_ = 0;
};

Status check_lines(BytesView mail) {
  for (std::size_t at = 0; at < mail.size();) {
    const std::size_t end = std::min(mail.find('\n', at), mail.size());
    if (end - at > kMailLineBytes)
      return broken(ErrorCode::limit_exceeded, "a line is longer than " + std::to_string(kMailLineBytes) + " bytes",
                    at);
    at = end + 1;
  }
  return {};
}

}  // namespace

Result<Contents> read_mail(BytesView mail) {
  if (mail.empty()) return fail(ErrorCode::malformed, "the mail is empty");
  if (mail.size() > kMailBytes)
    return fail(ErrorCode::limit_exceeded, "the mail is larger than " + std::to_string(kMailBytes) + " bytes");
  SCRUTINEER_CHECKED(check_lines(mail));
  BytesView bytes = mail;
  if (bytes.starts_with("From ")) take_line(bytes);  // how mbox files begin (RFC 4155), and what some programs save
  Reader reader(mail);
  SCRUTINEER_CHECKED(reader.read_mail(bytes, 0));
  return reader.take();
}

Result<std::vector<Bytes>> envelopes_in_mail(BytesView mail) {
  SCRUTINEER_TRY(Contents contents, read_mail(mail));
  return std::move(contents.envelopes);
}

}  // namespace scrutineer::mail
