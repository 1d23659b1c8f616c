#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace millrace::kafka {

/// A Java regular expression for whole topic names as librdkafka's subscribe wants it: POSIX extended, behind "^" and
/// before "$". What POSIX cannot say (look-around, back references, lazy repeats) is an error that names it.
Result<std::string> topicPattern(std::string_view javaRegex);

} // namespace millrace::kafka
