#include <span>

#include "app/ui/messages.h"
#include "app/ui/sheet.h"
#include "app/ui/words.h"

namespace scrutineer::ui {

namespace {

void signers(Html& h, const Sheet& sheet) {
  h("<h3>"_h, msg::signers, "</h3>"_h);
  if (sheet.signers.empty()) {
    h("<p>"_h, msg::no_signers, "</p>\n"_h);
    return;
  }
  h("<ul>\n"_h);
  for (const Signer& signer : sheet.signers) {
    h("<li><b>"_h, signer.name, "</b> "_h);
    role(h, signer.role);
    h(" <small>"_h, msg::key, " <code>"_h, signer.key_id,
      signer.authorised ? "</code></small> <span class=\"st ok\">"_h : "</code></small> <span class=\"st look\">"_h,
      signer.authorised ? msg::authorised : msg::not_authorised, "</span>\n"_h);
  }
  h("</ul>\n"_h);
}

void findings(Html& h, std::span<const Finding> findings) {
  if (findings.empty()) return;
  h("<h3>"_h, msg::findings, "</h3><ul>\n"_h);
  for (const Finding& finding : findings) {
    h("<li><span class=\"st "_h, finding.error ? "look\">"_h : "half\">"_h, finding.error ? msg::error : msg::warning,
      "</span> <code>"_h, finding.code, "</code> "_h, finding.sentence);
    if (!finding.accepted.empty())
      h("<p>"_h, msg::accepted, " <q"_h).name_lang()(">"_h, finding.accepted, "</q></p>"_h);
    h("\n"_h);
  }
  h("</ul>\n"_h);
}

}  // namespace

void statements(Html& h, const Msg& title, std::span<const Statement> statements) {
  if (statements.empty()) return;
  h("<h3>"_h, title, "</h3><ul>\n"_h);
  for (const Statement& statement : statements) {
    h("<li><b>"_h, statement.name, "</b> <q"_h).name_lang()(">"_h, statement.text, "</q>"_h);
    if (!statement.record_id.empty())
      h("<p class=id>"_h, msg::record_id, " <code>"_h, statement.record_id, "</code> · "_h, msg::position, " "_h,
        statement.position, "</p>"_h);
    h("\n"_h);
  }
  h("</ul>\n"_h);
}

void sheet_people(Html& h, const Sheet& sheet) {
  signers(h, sheet);
  statements(h, msg::refusals, sheet.refusals);
  statements(h, msg::remarks, sheet.remarks);
  findings(h, sheet.findings);
}

}  // namespace scrutineer::ui
