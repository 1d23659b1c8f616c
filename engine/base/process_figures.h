#pragma once

#include <cstdint>
#include <optional>

namespace millrace {

/// What the system counts of this process; absent: it does not tell.
struct ProcessFigures {
    std::optional<double> cpuSeconds;
    std::optional<double> startSeconds; ///< since 1970
    std::optional<std::uint64_t> residentBytes, virtualBytes;
    std::optional<std::uint64_t> openFiles, mostOpenFiles;
};
/// Any thread. Reads /proc.
ProcessFigures lookAtProcessFigures();

} // namespace millrace
