// Statements, comparisons and histories as pages (app/ui/device_page.h).
#pragma once

#include "app/ui/device_page.h"
#include "core/device/history.h"
#include "core/device/models.h"

namespace scrutineer::device {

// `inventory`: of the statement, whether it stands in it or is a blob. `quoted`: of a statement with a quote, whether
// it was checked, and how that went; nullptr: nobody checked it here.
struct StatementPage {
  const Record& record;
  const RecordId& id;
  const Inventory& inventory;
  const Result<Quote>* quoted = nullptr;
  // What people did: enrolment and inspections of this machine. nullptr: none was given, and the page says so.
  const DeviceView* beside = nullptr;
};
ui::DevicePageModel page_of(const StatementPage& page);

ui::DevicePageModel page_of(const ModelComparison& comparison, const ModelView& first, const ModelView& second);

// All machines that records are about: what is missing, and what nobody looked at.
ui::DevicePageModel page_of(const std::vector<DeviceView>& machines);

// A machine that has not stated anything, or whose statement is not here: what people did, and what is missing.
ui::DevicePageModel page_of(const DeviceView& machine);

// Every statement of this machine, and whatever does not fit that no other part of its statement's page says.
void add_history(const DeviceView& machine, ui::DevicePageModel& page);

}  // namespace scrutineer::device
