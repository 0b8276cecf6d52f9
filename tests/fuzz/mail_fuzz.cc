// A mail that is read holds no more than the limits allow, a refusal says why without the mail's text, and an envelope
// that came out of a mail comes out of a mail of ours again.
#include "app/mail/limits.h"
#include "app/mail/read.h"
#include "app/mail/write.h"
#include "tests/fuzz/fuzz.h"

using namespace scrutineer;
using namespace scrutineer::mail;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz_text(data, size);
  (void)Address::parse(text.substr(0, 300));
  const auto contents = read_mail(text);
  if (!contents) return check(!contents.error().message.empty(), "a refusal says why"), 0;
  check(contents->envelopes.size() <= kMailEnvelopes && contents->bounces.size() <= kMailRecipients, "limits hold");
  check(contents->envelopes.empty() || (contents->bounces.empty() && !contents->automatic_answer),
        "a mail that nobody wrote brings no envelope");
  for (const Bytes& envelope : contents->envelopes) {
    check(!envelope.empty() && envelope.size() <= size, "an envelope is no larger than its mail");
    const auto mail = write_mail({Address::parse("a@b").value(), Address::parse("c@d").value(), UnixSeconds{0},
                                  MessageId::parse("1@b").value(), Number::parse("1").value(), envelope});
    const auto again = envelopes_in_mail(mail.value());
    check(again.has_value() && *again == std::vector<Bytes>{envelope}, "what was written is read");
  }
  return 0;
}
