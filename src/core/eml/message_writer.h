// The head that both messages share. Inside core/eml only.
#pragma once

#include "core/codec/xml.h"
#include "core/eml/naming.h"
#include "core/eml/write.h"

namespace scrutineer::eml {

Status check_stamp(const Stamp& stamp);

// Everything up to the contests; the caller ends EML, `content` and Election.
void begin_message(XmlWriter& out, std::string_view kind, std::string_view content, const Election& election,
                   const std::string& authority_id, const std::string& authority_name, const Stamp& stamp);
void write_contest_identifier(XmlWriter& out, const Naming& naming);
void write_list(XmlWriter& out, const OptionName& name);

}  // namespace scrutineer::eml
