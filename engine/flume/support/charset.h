#pragma once

#include "flume/settings.h"
#include "java/java_charset.h"

#include <string_view>

namespace millrace::flume {

/// The charset that the property `key` names, by any of Java's names. An error of a name that Java has not, and of a
/// charset that this computer cannot convert.
Result<const java::JavaCharset*> charsetOf(Settings& settings, std::string_view key);

/// UTF-8 and ASCII are passed on byte for byte, also where they are not valid.
bool isPassedOn(const java::JavaCharset& charset);

/// The characters (UTF-16 units, as Java counts) of UTF-8 text.
std::size_t javaLength(std::string_view text);

} // namespace millrace::flume
