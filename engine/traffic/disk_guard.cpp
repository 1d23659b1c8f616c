#include "traffic/disk_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace millrace::traffic {
namespace {

constexpr Sentence kTexts[] = {
    {"traffic-paused-directory", "paused: %1 holds more than %2; delete what is not needed"},
    {"traffic-paused-disk", "paused: only %2 free on the disk of %1, traffic leaves %3"},
};

std::string inMegabytes(std::uint64_t bytes) {
    return fmt::format("{} MB", bytes / 1'000'000);
}

/// Sum of the files below `directory`; stops counting above `enough`. What cannot be read counts as nothing.
std::uint64_t sizeOf(FileSystem& disk, const std::filesystem::path& directory, std::uint64_t enough) {
    std::uint64_t sum = 0;
    std::vector<std::filesystem::path> open{directory};
    while (!open.empty() && sum <= enough) {
        const auto next = std::move(open.back());
        open.pop_back();
        const auto entries = disk.list(next);
        if (!entries) continue;
        for (const FileInfo& entry : *entries) {
            if (entry.directory)
                open.push_back(entry.path);
            else
                sum += entry.size;
        }
    }
    return sum;
}

} // namespace

Status diskAllows(FileSystem& disk, const std::filesystem::path& runDirectory, const DiskLimits& limits) {
    if (const auto free = disk.freeBytes(runDirectory); free && *free < limits.freeBytes)
        return sentenceError(kTexts, ErrorCode::noSpace, "traffic-paused-disk",
                             {runDirectory.string(), inMegabytes(*free), inMegabytes(limits.freeBytes)});
    if (sizeOf(disk, runDirectory, limits.runDirectoryBytes) > limits.runDirectoryBytes)
        return sentenceError(kTexts, ErrorCode::noSpace, "traffic-paused-directory",
                             {runDirectory.string(), inMegabytes(limits.runDirectoryBytes)});
    return ok();
}

std::span<const Sentence> diskSentences() {
    return kTexts;
}

} // namespace millrace::traffic
