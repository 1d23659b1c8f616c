#pragma once

#include "base/result.h"
#include "java/java_regex.h"

#include <string>

namespace millrace::broker {

/// A pattern for names of topics, as consumers subscribe with it (KIP-848: RE2's syntax), ready to be asked whether it
/// matches a whole name. What RE2 does not know, as looking around and back references, is refused here as Kafka
/// refuses it; a hostile pattern costs little, since names are short and a search gives up.
/// invalidArgument: it is none, and why.
Result<java::JavaRegex> compileSubscription(const std::string& pattern);

} // namespace millrace::broker
