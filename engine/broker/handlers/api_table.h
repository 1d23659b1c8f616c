#pragma once

#include "broker/requests/api_row.h"

#include <span>
#include <string>

namespace millrace::broker {

/// The rows of all handlers, in order of the key.
std::span<const ApiRow> apiTable();
/// Null for a key that is not served.
const ApiRow* findApi(std::int16_t key);

/// The table as a page for people, in Markdown.
std::string apiCoverage();

} // namespace millrace::broker
