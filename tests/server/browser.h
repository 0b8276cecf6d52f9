// What a browser does with the pages of the desk, no more: follows addresses, fills in forms, keeps one cookie.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/http/raw_client_for_test.h"
#include "core/note/key_file.h"
#include "core/note/note.h"
#include "core/session/challenge.h"

namespace scrutineer::testing {

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string url_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text)
    if (std::isalnum(c))
      out += static_cast<char>(c);
    else
      out.append({'%', kHex[c >> 4], kHex[c & 15]});
  return out;
}
inline std::string form_text(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields)
    out += (out.empty() ? "" : "&") + url_encoded(name) + "=" + url_encoded(value);
  return out;
}

inline std::string unescaped(std::string text) {
  for (auto [from, to] : {std::pair("&quot;", "\""), {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
    for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; ++at) text.replace(at, std::strlen(from), to);
  return text;
}

// The value of an attribute in `tag`: name="a" or name=a.
inline std::optional<std::string> attribute(std::string_view tag, const std::string& name) {
  std::size_t at = tag.find(" " + name + "=");
  if (at == tag.npos) return std::nullopt;
  tag.remove_prefix(at + name.size() + 2);
  if (tag.starts_with('"')) return unescaped(std::string(tag.substr(1, tag.find('"', 1) - 1)));
  return std::string(tag.substr(0, tag.find_first_of(" >")));
}

struct Page {
  int status = 0;
  std::string head, body;
  bool says(std::string_view text) const { return body.find(text) != body.npos; }
  std::string header(const std::string& name) const {
    std::size_t at = head.find("\r\n" + name + ": ");
    if (at == head.npos) return {};
    at += name.size() + 4;
    return head.substr(at, head.find("\r\n", at) - at);
  }
  // The fields of the first form that goes there, as the page has filled them in. No such form: nothing.
  std::optional<Fields> form(const std::string& action) const {
    std::size_t begin = std::string::npos;
    for (std::string quote : {"", "\""})
      for (const char* end : {" ", ">"}) begin = std::min(begin, body.find("action=" + quote + action + quote + end));
    for (std::string more : {"?", "\""}) begin = std::min(begin, body.find("action=\"" + action + more));
    if (begin == body.npos) return std::nullopt;
    const std::string text = body.substr(begin, body.find("</form>", begin) - begin);
    Fields fields;
    for (std::size_t at = 0; (at = text.find("<input", at)) != text.npos; ++at) {
      const std::string tag = text.substr(at, text.find('>', at) - at + 1);
      if (auto name = attribute(tag, "name")) fields.emplace_back(*name, attribute(tag, "value").value_or(""));
    }
    if (std::size_t at = text.find("<textarea name=text"); at != text.npos) {
      at = text.find(">\n", at) + 2;
      fields.emplace_back("text", unescaped(text.substr(at, text.find("</textarea>", at) - at)));
    }
    return fields;
  }
};

inline std::string* find(Fields& fields, std::string_view name) {
  for (auto& [key, value] : fields)
    if (key == name) return &value;
  return nullptr;
}
inline void set(Fields& fields, const std::string& name, std::string value) {
  if (std::string* old = find(fields, name))
    *old = std::move(value);
  else
    fields.emplace_back(name, std::move(value));
}

// What stands on the paper for a field: the machine sorted everything rightly, and the hand count agrees.
inline std::string typed(const std::map<std::string, std::string>& figures, const std::string& name) {
  if (figures.contains(name)) return figures.at(name);
  const std::string votes = "votes/" + name.substr(name.rfind('/') + 1);
  if (name.starts_with("machine/sorted/") || name.starts_with("hand/from_sorted/")) return figures.at(votes);
  if (name == "machine/to_recheck") return figures.at("invalid");
  return name.starts_with("hand/from_recheck/") ? "0" : "-";
}

class Person {
 public:
  Person(std::uint16_t port, std::string host, std::optional<NamedKey> key)
      : port_(port), host_(std::move(host)), key_(std::move(key)) {
    static int number = 0;
    ++number;
    client = "10.1." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1);
    origin = "https://" + host_;
  }

  // Everything as it goes over the line.
  Page send(const std::string& method, const std::string& path, const std::string& headers = {},
            const std::string& body = {}) const {
    std::string request = method + " " + path + " HTTP/1.1\r\nHost: " + host_ +
                          "\r\nConnection: close\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: " + client + "\r\n";
    if (!session.empty()) request += "Cookie: __Host-session=" + session + "\r\n";
    request += headers;
    if (!body.empty() || method == "POST") request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    const std::string answer = http::say(port_, request + "\r\n" + body);
    Page page;
    page.status = http::status_of(answer);
    page.head = answer.substr(0, answer.find("\r\n\r\n"));
    page.body = http::body_of(answer);
    return page;
  }
  Page get(const std::string& path) const { return send("GET", path); }
  // As a browser sends a form of its page.
  Page post(const std::string& path, const Fields& fields) const {
    return send("POST", path,
                (origin.empty() ? "" : "Origin: " + origin + "\r\n") +
                    std::string("Content-Type: application/x-www-form-urlencoded\r\n"),
                form_text(fields));
  }
  // Where a form leads: the page after it.
  Page follow(const Page& page) const { return page.status == 303 ? get(page.header("Location")) : page; }

  // A file in the form at that address.
  Page upload(const std::string& path, const std::string& csrf, const std::string& bytes,
              const std::string& fields = {}) const {
    const std::string mark = "----mark7d1";
    auto part = [&](const std::string& head, const std::string& value) {
      return "--" + mark + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + value + "\r\n";
    };
    const std::string body = part("name=\"csrf\"", csrf) + fields +
                             part("name=\"file\"; filename=\"a\"\r\nContent-Type: application/octet-stream", bytes) +
                             "--" + mark + "--\r\n";
    return send("POST", path, "Origin: " + origin + "\r\nContent-Type: multipart/form-data; boundary=" + mark + "\r\n",
                body);
  }

  void sign(Fields& fields) const {
    auto signer = make_signer(key_->secret).value();
    const std::string text = *find(fields, "text");
    const NoteSignature signature = sign_note(text, key_->vkey.name, *signer).value();
    set(fields, "signer", signature.name);
    set(fields, "key_id", to_hex({reinterpret_cast<const char*>(signature.id.data()), signature.id.size()}));
    set(fields, "signature", to_base64(signature.signature));
  }
  // The form of a challenge, answered by this person's key.
  Fields answered(const Page& sign_in_page) const {
    Fields fields = sign_in_page.form("/desk/sign-in").value_or(Fields{});
    std::string* text = find(fields, "text");
    REQUIRE(text != nullptr);
    text->insert(text->size() - 2, ",\"key\":\"" + to_string(key_->vkey) + "\"");
    sign(fields);
    return fields;
  }
  Page sign_in() {
    Page page = post("/desk/sign-in", answered(get("/desk/sign-in")));
    take_cookie(page);
    return page;
  }
  void take_cookie(const Page& page) {
    const std::string cookie = page.header("Set-Cookie"), name = "__Host-session=";
    if (cookie.starts_with(name)) session = cookie.substr(name.size(), cookie.find(';') - name.size());
  }
  std::string csrf() const {
    Page home = get("/desk/");
    auto form = home.form("/desk/sign-out");
    return form ? *find(*form, "csrf") : std::string();
  }

  // The sheet of that unit, typed and kept section by section; the check page is the answer, or what was refused.
  Page type(const std::string& unit, const std::map<std::string, std::string>& figures) const {
    Page page = get("/desk/entry?unit=" + unit + "&contest=LIST&section=0");
    for (int i = 0; i < 12; ++i) {
      auto fields = page.form("/desk/entry");
      if (!fields) return page;
      for (auto& [name, value] : *fields)
        if (name != "csrf" && name != "entry" && name != "section" && name != "go") value = typed(figures, name);
      set(*fields, "go", "next");
      page = follow(post("/desk/entry", *fields));
    }
    return page;
  }
  // Signs the form at that address on the page; the page after it.
  Page sign_form(const Page& page, const std::string& action) const {
    auto fields = page.form(action);
    if (!fields) return page;
    sign(*fields);
    return follow(post(action, *fields));
  }
  Page enter(const std::string& unit, const std::map<std::string, std::string>& figures) const {
    Page page = type(unit, figures);
    for (int i = 0; i < 12; ++i) {
      auto confirm = page.form("/desk/entry/confirm");
      if (!confirm) break;
      page = follow(post("/desk/entry/confirm", *confirm));
    }
    return sign_form(page, "/desk/entry/sign");
  }
  static std::string sheet_address(const std::string& unit) { return "/desk/sheet?unit=" + unit + "&contest=LIST"; }
  Page sign_sheet(const std::string& unit) const { return sign_form(get(sheet_address(unit)), "/desk/sheet/sign"); }

  const NamedKey& key() const { return *key_; }

  std::string client, origin, session;

 private:
  std::uint16_t port_;
  std::string host_;
  std::optional<NamedKey> key_;
};

// Adds up; numbers that nothing else on a page has.
inline const std::map<std::string, std::string> kPaper = {
    {"electors", "1287"}, {"ballots_issued", "817"}, {"ballots_cast", "816"}, {"valid", "797"},  {"invalid", "19"},
    {"votes/1", "401"},   {"votes/2", "306"},        {"votes/3", "52"},       {"votes/4", "20"}, {"votes/5", "8"},
    {"votes/6", "5"},     {"votes/7", "3"},          {"votes/8", "2"}};

}  // namespace scrutineer::testing
