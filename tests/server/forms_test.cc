// Forms that no page of ours made, sign-ins that are none, files that are somebody else's.
#include "tests/server/hall.h"

namespace scrutineer::testing {

TEST_CASE("server: a form counts only from a page of this server, for this session") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto person = hall.person("typist-1"), other = hall.person("typist-2");
  Page page = person->get("/desk/entry?unit=u00005&contest=LIST&section=0");
  const Fields good = page.form("/desk/entry").value();
  const std::string own = *find(const_cast<Fields&>(good), "csrf");
  struct Row {
    const char* what;
    std::optional<std::string> csrf;
    const char* origin;  // "": none
    int status;
  };
  const Row rows[] = {
      {"no token", std::nullopt, "https://hall.example", 403},
      {"an empty token", "", "https://hall.example", 403},
      {"a wrong token", std::string(64, '0'), "https://hall.example", 403},
      {"another session's token", other->csrf(), "https://hall.example", 403},
      {"the token and more", own + "0", "https://hall.example", 403},
      {"no Origin", own, "", 403},
      {"the origin null", own, "null", 403},
      {"another origin", own, "https://evil.example", 403},
      {"not encrypted", own, "http://hall.example", 403},
      {"another port", own, "https://hall.example:8443", 403},
      {"below another name", own, "https://hall.example.evil.example", 403},
      {"the port that nginx speaks to", own, "http://127.0.0.1", 403},
      {"all right", own, "https://hall.example", 303},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    for (const char* address : {"/desk/entry", "/desk/sign-out"}) {
      if (row.status == 303 && std::string(address) == "/desk/sign-out") continue;
      Fields fields = good;
      std::erase_if(fields, [](const auto& field) { return field.first == "csrf"; });
      if (row.csrf) fields.emplace_back("csrf", *row.csrf);
      person->origin = row.origin;
      CHECK(person->post(address, fields).status == row.status);
    }
  }
  person->origin = "https://hall.example";
  // In a multipart form, and where the token stands in the address.
  CHECK(person->upload("/desk/handover/read", "", "x").status == 403);
  CHECK(person->post("/desk/entry?csrf=" + own, {{"entry", "1"}}).status == 403);
  CHECK(person->upload("/desk/handover/read", own, "x").status == 400);
  Page refused = hall.person("coordinator")->get("/desk/people");
  CHECK(refused.says("a form that no page of ours made"));
  CHECK_FALSE(refused.says(own));
}

TEST_CASE("server: who is let in") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto person = hall.person("typist-1");
  person->session.clear();
  auto try_in = [&](const Fields& fields) {
    Page page = person->post("/desk/sign-in", fields);
    CHECK(page.header("Set-Cookie").starts_with("__Host-session=") == (page.status == 303));
    return page.status;
  };
  SUBCASE("a question is answered once") {
    Fields fields = person->answered(person->get("/desk/sign-in"));
    CHECK(try_in(fields) == 303);
    CHECK(try_in(fields) == 403);
  }
  SUBCASE("another server's question") {
    Hall elsewhere;
    REQUIRE(elsewhere.start().has_value());
    Person there(elsewhere.server->port(), Hall::kHost, hall.key("typist-1.key"));
    CHECK(try_in(there.answered(there.get("/desk/sign-in"))) == 403);
  }
  SUBCASE("too late") {
    Fields fields = person->answered(person->get("/desk/sign-in"));
    hall.clock.wrong_by = 121;
    CHECK(try_in(fields) == 403);
  }
  SUBCASE("a key without a role") {
    Person publisher(hall.server->port(), Hall::kHost, hall.key("publisher.key"));
    CHECK(publisher.sign_in().status == 403);
    SystemRng rng;
    Person nobody(hall.server->port(), Hall::kHost, new_named_key("d001/typist-1", KeyType::ed25519, rng).value());
    CHECK(nobody.sign_in().status == 403);  // the name alone is nothing
  }
  SUBCASE("another's signature, text or name") {
    Fields fields = person->answered(person->get("/desk/sign-in"));
    Fields changed = fields;
    find(changed, "signature")->front() ^= 1;
    CHECK(try_in(changed) == 403);
    fields = person->answered(person->get("/desk/sign-in"));
    set(fields, "signer", "d001/chair");
    CHECK(try_in(fields) == 403);
  }
  SUBCASE("from a page of somebody else: nobody is signed in as somebody else's key") {
    Fields fields = person->answered(person->get("/desk/sign-in"));
    person->origin = "https://evil.example";
    CHECK(try_in(fields) == 403);
  }
  SUBCASE("under an address that is not this server's") {
    Person lost(hall.server->port(), "evil.example", hall.key("typist-1.key"));
    CHECK(lost.get("/desk/sign-in").status == 403);
  }
  SUBCASE("too many attempts, by one; others come in") {
    int last = 0;
    for (int i = 0; i < 12; ++i) last = try_in({{"text", "x"}});
    CHECK(last == 429);
    CHECK_FALSE(hall.person("typist-2")->session.empty());
  }
  SUBCASE("one stranger does not make everybody's question go") {
    Page asked = person->get("/desk/sign-in");
    auto stranger = hall.stranger();
    int last = 0;
    for (int i = 0; i < 200; ++i) last = stranger->get("/desk/sign-in").status;
    CHECK(last == 429);
    CHECK(try_in(person->answered(asked)) == 303);
  }
  SUBCASE("whoever signs in after somebody else ends that session") {
    auto before = hall.person("typist-2");
    Person after(hall.server->port(), Hall::kHost, hall.key("typist-1.key"));
    after.session = before->session;
    REQUIRE(after.sign_in().status == 303);
    CHECK(before->get("/desk/").status == 303);
    CHECK(after.get("/desk/").status == 200);
  }
  SUBCASE("a session ends") {
    REQUIRE(person->sign_in().status == 303);
    CHECK(person->get("/desk/").status == 200);
    hall.clock.later_ns = 31ull * 60 * 1'000'000'000;
    CHECK(person->get("/desk/").status == 303);
  }
}

TEST_CASE("server: hand-over files are their maker's, and a bad signature makes none") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto one = hall.person("coordinator"), two = hall.person("chair"), same = hall.person("coordinator");
  auto make = [&] {
    REQUIRE(one->post("/desk/handover/make", {{"csrf", one->csrf()}}).status == 303);
    return one->get("/desk/handover");
  };
  for (const std::string& bad : {std::string(), std::string("x"), to_base64(Bytes(1, 'x')), to_base64(Bytes(64, 'x')),
                                 to_base64(Bytes(5'000, 'x')), to_base64(Bytes(300'000, 'x'))}) {
    CAPTURE(bad.size());
    Fields form = make().form("/desk/handover/sign").value();
    one->sign(form);
    set(form, "signature", bad);
    CHECK(one->post("/desk/handover/sign", form).status == 422);
    REQUIRE(hall.stranger()->get("/api/v1/status").status == 200);  // and it goes on
  }
  Page asked = make();
  Fields form = asked.form("/desk/handover/sign").value();
  one->sign(form);
  // Not with another session's question, even of the same key.
  set(form, "csrf", same->csrf());
  CHECK(same->post("/desk/handover/sign", form).status == 409);
  CHECK_FALSE(two->get("/desk/handover").form("/desk/handover/sign").has_value());
  set(form, "csrf", one->csrf());
  Page made = one->post("/desk/handover/sign", form);
  REQUIRE(made.status == 303);
  const std::string name = made.header("Location").substr(std::string("/desk/handover?made=").size());
  CHECK(one->get("/desk/handover/file?name=" + name).body.starts_with("scrutineer/handover/1"));
  CHECK(two->get("/desk/handover/file?name=" + name).status == 404);
  CHECK(same->get("/desk/handover/file?name=" + name).status == 404);
  CHECK_FALSE(two->get("/desk/handover?made=" + name).says("/desk/handover/file"));
  CHECK(hall.stranger()->get("/desk/handover/file?name=" + name).status == 303);
  // What was made is read back, and nothing is new.
  Page read = two->upload("/desk/handover/read", two->csrf(), one->get("/desk/handover/file?name=" + name).body);
  CHECK(read.status == 200);
}

TEST_CASE("server: what comes back in headers and addresses cannot be steered") {
  Hall hall;
  REQUIRE(hall.start().has_value());
  auto person = hall.person("coordinator");
  const std::string csrf = person->csrf();
  for (const char* bad : {"//evil.example", "https://evil.example", "x\r\nSet-Cookie: a=b", "%0d%0aSet-Cookie:a=b",
                          "\"><script>alert(1)</script>", "../../sign-in"}) {
    CAPTURE(bad);
    for (const char* place : {"/desk/entry", "/desk/sheet/sign", "/desk/live/start", "/desk/custody/new",
                              "/desk/entry/confirm", "/desk/handover/sign", "/desk/people/revoke"}) {
      Page page = person->post(place, {{"csrf", csrf},
                                       {"unit", bad},
                                       {"contest", bad},
                                       {"entry", bad},
                                       {"act", "sign"},
                                       {"grant", bad},
                                       {"text", bad},
                                       {"section", "0"}});
      const std::string location = page.header("Location");
      CHECK((location.empty() || (location.starts_with("/desk/") && !location.starts_with("/desk//"))));
      CHECK(page.header("Set-Cookie") == "");
      CHECK_FALSE(person->follow(page).says("<script>alert"));
    }
    Page page = person->get("/desk/?q=" + url_encoded(bad) + "&" + url_encoded(bad) + "=1");
    CHECK_FALSE(page.says("<script>alert"));
    CHECK_FALSE(page.says("href=\"//evil"));
    CHECK(hall.stranger()->get("/explore?q=" + url_encoded(bad)).says("<script>alert") == false);
  }
  // The language chosen in an address stays for the addresses after a form.
  CHECK(person->get("/desk/?lang=en").header("Set-Cookie").starts_with("lang=en;"));
  CHECK(person->get("/desk/?lang=en%0d%0aX:y").header("Set-Cookie") == "");
}

}  // namespace scrutineer::testing
