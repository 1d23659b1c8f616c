#pragma once

#include "base/result.h"
#include "java/java_date.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::java {

/// A pattern of Joda-Time's DateTimeFormat, by which times are read. Any thread.
class JodaTime {
public:
    /// An error says why the pattern is none, or which letter of Joda's is not read here (eras, weeks, zone names).
    /// `now`: what two-digit years are near to.
    static Result<JodaTime> of(std::string_view pattern, std::int64_t now);

    /// Milliseconds since the epoch, in this computer's time zone where the text names none, as parseMillis() does:
    /// what is not in the text is the beginning of 1970, or of 2000 where month or day are the largest. Nothing where
    /// Joda throws.
    std::optional<std::int64_t> read(std::string_view text) const;

private:
    JodaTime(std::vector<DatePiece> pieces, int pivotYear) : pieces_(std::move(pieces)), pivotYear_(pivotYear) {}
    std::vector<DatePiece> pieces_;
    int pivotYear_;
};

/// What in the pattern Joda itself refuses: a letter without a meaning, a quote that is not closed, nothing at all.
std::optional<std::string> jodaProblem(std::string_view pattern);

} // namespace millrace::java
