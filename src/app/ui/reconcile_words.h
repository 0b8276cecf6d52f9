// Words that the page and the terminal say alike.
#pragma once

#include "app/ui/message.h"
#include "app/ui/reconcile.h"

namespace scrutineer::ui {

const Msg& word(ReconcileKind kind);
std::string reconciliation_title(const ReconcileModel& model, Lang lang);
// Nothing is on both sides, so that agreement would say nothing.
bool compared_nothing(const ReconcileModel& model);

}  // namespace scrutineer::ui
