#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace millrace::java {

/// Java's Integer.parseInt and Long.parseLong on a trimmed value, as Flume's Context calls them: an optional sign and
/// decimal digits; no suffix, underscore or blank inside. Nothing when Java throws.
std::optional<std::int32_t> parseJavaInt(std::string_view text);
std::optional<std::int64_t> parseJavaLong(std::string_view text);
/// Java's Double.parseDouble for plain decimal and exponent notation.
std::optional<double> parseJavaDouble(std::string_view text);

/// Java's String.trim(): everything up to U+0020 goes from both ends.
std::string_view javaTrim(std::string_view text);

} // namespace millrace::java
