#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// The charsets that lines can come in. Bodies are UTF-8 as in Flume; UTF-8 and ASCII input is passed on as it is, byte
/// for byte, also where it is not valid.
enum class Charset { utf8, latin1 };

/// By Java's names in any letter case; another charset is an error that names those that run.
Result<Charset> charsetNamed(const std::string& name);

/// Appends text in `charset` as UTF-8.
void appendAsUtf8(std::string_view text, Charset charset, std::string& out);

/// The characters (UTF-16 units, as Java counts) of a text.
std::size_t javaLength(std::string_view text, Charset charset);

} // namespace millrace::flume
