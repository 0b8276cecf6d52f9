// Somebody's own count against ours, on a page; nothing of it is kept.
#include <algorithm>

#include "app/reconcile/service.h"
#include "app/server/state.h"
#include "app/ui/desk_pages.h"

namespace scrutineer {
namespace {

constexpr std::size_t kOtherBytes = 64u << 20;  // after decompression

http::Answer again(const DeskContext& context, std::string ko, std::string en) {
  return page(ui::render_reconcile_form(
                  context.frame, ui::DeskMessage{ui::DeskMessage::Kind::refused, {std::move(ko), std::move(en)}, {}}),
              400);
}

}  // namespace

http::Answer reconcile_page(DeskContext& context) {
  if (context.request.method != "POST") return page(ui::render_reconcile_form(context.frame, std::nullopt));
  auto parts = http::parse_multipart(context.request);
  if (!parts) return refusal_page(context.frame, DeskRefusal(parts.error()));
  auto file =
      std::find_if(parts->begin(), parts->end(), [](const http::FormPart& part) { return part.name == "file"; });
  if (file == parts->end()) return again(context, "파일이 오지 않았습니다.", "No file arrived.");
  Problems problems;
  auto other = read_other(*context.server.election, std::nullopt, file->bytes, file->file_name, kOtherBytes, problems);
  if (!other) {
    const std::string why = to_string(problems.first());
    return again(context, "이 파일은 대조할 수 없습니다: " + why, "This file cannot be compared: " + why);
  }
  ui::ReconcileModel model;
  context.server.collector->read([&](const Collector::View& view) {
    model = to_model(reconcile(view.fold.tally(), std::move(*other)), view.election, context.frame.lang,
                     ui::kReconcileRowsOnPage);
  });
  const ui::Site& site = context.server.desk->site(context.frame.lang);
  return page(ui::render_desk_reconciliation(context.frame, site.data_lang, model));
}

}  // namespace scrutineer
