#pragma once

#include "flume/settings.h"
#include "java/java_charset.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// The charset that the property `key` names, by any of Java's names. An error of a name that Java has not, and of a
/// charset that this computer cannot convert.
Result<const java::JavaCharset*> charsetOf(Settings& settings, std::string_view key);

/// The same of a name that stands elsewhere: `where` is said in front of an error. For lines, which are found by the
/// byte of a line feed before they are read as text: an error too of a charset in which that byte may mean something
/// else.
Result<const java::JavaCharset*> charsetOfLines(const std::string& where, const std::string& name);

/// UTF-8 and ASCII are passed on byte for byte, also where they are not valid.
bool isPassedOn(const java::JavaCharset& charset);

/// The characters (UTF-16 units, as Java counts) of UTF-8 text.
std::size_t javaLength(std::string_view text);

} // namespace millrace::flume
