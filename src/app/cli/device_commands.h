// The words of `scrutineer device`; exit codes as everywhere (commands.h).
#pragma once

#include <string>

#include "app/device/page.h"

namespace scrutineer::cli {

int device_state(int argc, char** argv);
int device_watch(int argc, char** argv);
int device_key(int argc, char** argv);
int device_compare(int argc, char** argv);
int device_check(int argc, char** argv);
int device_qr(int argc, char** argv);
int device_write(int argc, char** argv);
int device_history(int argc, char** argv);

// Prints a page as text, and writes it as HTML where `html` names a file ("-ko" or "-en" is no part of it).
Status show_page(const ui::DevicePageModel& page, const std::string& lang, const std::string& html);

}  // namespace scrutineer::cli
