#pragma once

#include "flume/event_batch.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// Appends {"headers": {…}, "body": "…"}; a body that is no UTF-8 stands as base64 in `body64` instead.
void appendEventJson(const HeaderSet& headers, std::string_view body, std::string& out);

/// Appends {"name": "value", …} of the headers; bytes that are no UTF-8 become U+FFFD.
void appendHeadersJson(const HeaderSet& headers, std::string& out);

/// Appends the text as a JSON string; bytes that are no UTF-8 become U+FFFD.
void appendJsonString(std::string_view text, std::string& out);

} // namespace millrace::flume
