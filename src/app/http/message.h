// A request and an answer as plain values (RFC 9110): what handlers see of HTTP.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace scrutineer::http {

using Field = std::pair<std::string, std::string>;

struct Request {
  std::string method;          // "GET", "POST", ...
  std::string path;            // decoded, without the query; begins with '/'
  std::vector<Field> query;    // decoded, in order
  std::vector<Field> headers;  // names in lower case
  Bytes body;                  // within the limit that the server was given for this path
  std::string client;          // address of whoever asks: of the connection, or what the trusted proxy says
  bool https = false;          // the proxy says that the person's connection is encrypted

  // The first of that name; empty where there is none (has_* tells that apart).
  std::string_view header(std::string_view lower_case_name) const;
  std::string_view parameter(std::string_view name) const;
  bool has_header(std::string_view lower_case_name) const;
  std::optional<std::string> cookie(std::string_view name) const;  // RFC 6265 section 5.4
};

// The fields of an application/x-www-form-urlencoded body, in order. Errors: malformed, limit_exceeded (1,000 fields).
Result<std::vector<Field>> parse_form(BytesView body);

// One part of a multipart/form-data body (RFC 7578).
struct FormPart {
  std::string name;
  std::string file_name;  // as the sender calls it: never a path to write to; empty for plain fields
  std::string type;       // media type, may be empty
  Bytes bytes;
};
// Errors: malformed (not that media type, or broken), limit_exceeded (100 parts).
Result<std::vector<FormPart>> parse_multipart(const Request& request);

struct Answer {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::vector<Field> headers;  // the strict headers of file_rules.h are added by the server where they are not here
  Bytes body;
  // Where set, the body is this file instead: streamed, ranges answered. Opened by open_below().
  std::shared_ptr<struct FileBody> file;
};

// 303 See Other: after a form.
Answer see_other(std::string location);

// A page that only its person may see: sends kDeskHeaders (file_rules.h) and is never compressed, so that its size says
// nothing about the secrets in it (BREACH).
Answer restricted(Answer answer);

// The same with an ETag made from the SHA-256 of its body: whoever has it already gets a 304 without it.
Answer tagged(Answer answer);

// A status other than 200 with a sentence: problem+json for what is below /api/, else one line in Korean and one in
// English. An empty sentence: the usual one of that status.
Answer refusal(int status, std::string_view path, std::string_view sentence = {});

// "Not Found": RFC 9110 section 15.
std::string_view reason_phrase(int status);

// "%EC%8B%9C" -> bytes; nullopt where a '%' is not followed by two hex digits or the result is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

// RFC 9457 problem details: {"type":"about:blank","title","status","detail","code","where"?}. The status follows from
// the code: malformed, invalid_argument 400; unauthorised 403; not_found 404; conflict, stale 409; limit_exceeded 413;
// bad_signature, unsupported 422; busy 503; anything of the machine's 500, whose message goes to stderr, the server's
// log: a stranger is told that it failed and nothing else.
Answer problem(const Error& error);
Answer problem(int status, std::string_view code, std::string_view title, std::string_view detail);

}  // namespace scrutineer::http
