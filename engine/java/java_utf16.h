#pragma once

#include <string_view>
#include <vector>

namespace millrace::java {

/// The text as a Java string has it: UTF-16 units; U+FFFD for each byte that is no part of a character.
std::vector<char16_t> toUtf16(std::string_view text);

} // namespace millrace::java
