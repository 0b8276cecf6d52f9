#include "app/http/message.h"

#include <doctest/doctest.h>

#include "core/codec/json.h"

namespace scrutineer::http {
namespace {

TEST_CASE("cookies are found among their neighbours") {
  Request request;
  request.headers = {{"cookie", "a=1; session=x=y ;empty="}, {"cookie", "b=2"}};
  CHECK(request.cookie("session") == "x=y");
  CHECK(request.cookie("empty") == "");
  CHECK(request.cookie("b") == "2");
  CHECK_FALSE(request.cookie("sess"));
  CHECK(request.has_header("cookie"));
  CHECK_FALSE(request.has_header("host"));
  CHECK(request.header("host").empty());
}

TEST_CASE("forms are fields in order, or refused") {
  CHECK(*parse_form("a=1&b=%ED%95%9C+x&a=&&c") == std::vector<Field>{{"a", "1"}, {"b", "한 x"}, {"a", ""}, {"c", ""}});
  CHECK(parse_form("")->empty());
  for (const char* broken : {"a=%", "a=%4", "a=%zz", "a=%ff", "%=1"}) {
    CAPTURE(broken);
    CHECK(parse_form(broken).error().code == ErrorCode::malformed);
  }
  std::string many = "a=1";
  for (int i = 1; i < 1000; ++i) many += "&a=1";
  CHECK(parse_form(many)->size() == 1000);
  CHECK(parse_form(many + "&a=1").error().code == ErrorCode::limit_exceeded);
}

Request multipart(std::string body, std::string type = "multipart/form-data; boundary=XX") {
  Request request;
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

TEST_CASE("multipart forms come apart exactly at their boundary") {
  const auto parts = parse_multipart(
      multipart("--XX\r\nContent-Disposition: form-data; name=\"unit\"\r\n\r\n1101\r\n"
                "--XX\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"..\\\\a;%22b.jpg\"\r\n"
                "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--X\r\n--\r\n--XX--\r\n"));
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].name == "unit");
  CHECK((*parts)[0].bytes == "1101");
  CHECK((*parts)[0].file_name.empty());
  CHECK((*parts)[1].file_name == "..\\\\a;\"b.jpg");
  CHECK((*parts)[1].type == "image/jpeg");
  CHECK((*parts)[1].bytes == "\xff\xd8\r\n--X\r\n--");
  CHECK(parse_multipart(multipart("--XX--\r\n"))->empty());
}

TEST_CASE("broken multipart forms are refused") {
  const std::string head = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";
  const std::string rows[] = {
      "",
      "XX",
      "--XX",
      "--XX\r\n",
      "--XX\r\n" + head + "never ends",
      "--XX\r\n\r\n\r\n--XX--",
      "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
      "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--",
      "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--XX--",
      "--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n1\r\n--XX--",
      "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
      "name=\"b\"\r\n\r\n1\r\n--XX--",
      "--XX\r\n" + std::string(5000, 'x') + ": y\r\n" + head + "1\r\n--XX--",
      "--XXjunk\r\n" + head + "1\r\n--XX--",
  };
  for (const std::string& row : rows) {
    CAPTURE(row);
    const auto parts = parse_multipart(multipart(row));
    REQUIRE_FALSE(parts);
    CHECK(parts.error().code == ErrorCode::malformed);
  }
  CHECK_FALSE(parse_multipart(multipart("--XX--", "text/plain")));
  CHECK_FALSE(parse_multipart(multipart("--XX--", "multipart/form-data")));
  std::string many;
  for (int i = 0; i < 101; ++i) many += "--XX\r\n" + head + "1\r\n";
  CHECK(parse_multipart(multipart(many + "--XX--")).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("a problem says what is wrong, unless it is the machine's own") {
  const Answer mistake = problem(Error{ErrorCode::malformed, "the sheet has no \"unit\"", "sheet.json:3"});
  CHECK(mistake.status == 400);
  CHECK(mistake.type == "application/problem+json");
  CHECK(
      mistake.body ==
      R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"the sheet has no \"unit\"","code":"malformed","where":"sheet.json:3"})");
  for (const ErrorCode code : {ErrorCode::io_error, ErrorCode::disk_full, ErrorCode::corrupt, ErrorCode::overflow}) {
    const Answer machine = problem(Error{code, "cannot write /srv/secret/path", "/srv/secret"});
    CHECK(machine.status == 500);
    CHECK(machine.body.find("secret") == machine.body.npos);
    CHECK(machine.body.find(error_code_name(ErrorCode::disk_full)) == machine.body.npos);
  }
  CHECK(problem(Error{ErrorCode::unauthorised, "no", ""}).status == 403);
  CHECK(problem(Error{ErrorCode::not_found, "no", ""}).status == 404);
  CHECK(problem(Error{ErrorCode::conflict, "no", ""}).status == 409);
  CHECK(problem(Error{ErrorCode::stale, "no", ""}).status == 409);
  CHECK(problem(Error{ErrorCode::limit_exceeded, "no", ""}).status == 413);
  CHECK(problem(Error{ErrorCode::bad_signature, "no", ""}).status == 422);
  CHECK(problem(Error{ErrorCode::unsupported, "no", ""}).status == 422);
  CHECK(problem(Error{ErrorCode::busy, "no", ""}).status == 503);
  CHECK(Json::parse(problem(Error{ErrorCode::malformed, "broken \xff bytes", ""}).body));
}

TEST_CASE("refusals below /api/ are problems, elsewhere a line in each language") {
  CHECK(refusal(404, "/api/records").type == "application/problem+json");
  CHECK(refusal(404, "/apian").type == "text/plain; charset=utf-8");
  CHECK(refusal(404, "/ko/").body == "여기에는 아무것도 없습니다.\nThere is nothing here.\n");
  CHECK(refusal(299, "/").status == 299);
  CHECK(see_other("/desk/").headers.back() == Field{"Location", "/desk/"});
}

TEST_CASE("restricted pages have their own policy and are kept by nobody") {
  Answer answer;
  answer.headers = {{"Cache-Control", "public"}};
  answer = restricted(std::move(answer));
  int policies = 0;
  for (const auto& [name, value] : answer.headers) {
    if (name == "Cache-Control") CHECK(value == "no-store");
    if (name == "Content-Security-Policy") ++policies;
    if (name == "Content-Security-Policy") CHECK(value.find("script-src 'self'") != value.npos);
  }
  CHECK(policies == 1);
}

}  // namespace
}  // namespace scrutineer::http
