#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace millrace::java {

/// One entry of a login configuration, as sasl.jaas.config has it:
///     org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="secret";
struct JaasEntry {
    std::string loginModule; ///< a class name
    std::string flag;        ///< "required" and the like, in small letters
    std::map<std::string, std::string> options;
    bool operator==(const JaasEntry&) const = default;
};

/// Reads the text as Kafka's JaasConfig does: words, texts in single or double quotes with Java's escapes, comments of
/// Java's. Exactly one entry, ended by a semicolon. Since most of it are passwords, an error shows nothing of the text
/// but keys of options that stand before an equals sign.
Result<JaasEntry> parseJaas(std::string_view text);

} // namespace millrace::java
