#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::java {

/// A date pattern of Java or Joda, cut up: runs of one letter, and the text between them.
struct DatePiece {
    char letter = 0;  ///< 0: `text` stands for itself
    int count = 0;    ///< how often the letter is repeated
    std::string text; ///< without quotes
};
/// Nothing when a quote is not closed.
std::optional<std::vector<DatePiece>> datePieces(std::string_view pattern);

/// A time as the FastDateFormat of commons-lang3 writes it, in this computer's time zone, with English names and weeks
/// that begin on Sunday. Nothing for what it refuses: a quote that is not closed, an unknown letter.
std::optional<std::string> formatJavaDate(std::string_view pattern, std::int64_t epochMs);

} // namespace millrace::java
