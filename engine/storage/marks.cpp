#include "storage/marks.h"

#include <cinttypes>
#include <cstdio>
#include <fmt/core.h>

namespace millrace::storage {

namespace {

constexpr std::uint64_t kMarkLimitBytes = 4096;

Status writeText(FileSystem& disk, const std::filesystem::path& path, const std::string& text) {
    return disk.replace(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Result<std::string> readText(FileSystem& disk, const std::filesystem::path& path) {
    auto data = disk.readAll(path, kMarkLimitBytes);
    if (!data) return data.error();
    return std::string(data->begin(), data->end());
}

constexpr const char* kCleanStopFormat =
    "version 1\nsegment %" SCNd64 "\nbytes %" SCNu64 "\nnext-offset %" SCNd64 "\nfirst-timestamp %" SCNd64
    "\nlatest-timestamp %" SCNd64 "\nlatest-offset %" SCNd64 "\nend%n";

} // namespace

Status writeCleanStop(FileSystem& disk, const std::filesystem::path& directory, const CleanStop& mark) {
    const auto& extent = mark.extent;
    return writeText(
        disk, directory / kCleanStopName,
        fmt::format("version 1\nsegment {}\nbytes {}\nnext-offset {}\nfirst-timestamp {}\nlatest-timestamp {}\n"
                    "latest-offset {}\nend\n",
                    mark.baseOffset, extent.bytes, extent.nextOffset, extent.firstTimestamp, extent.latest.timestamp,
                    extent.latest.offset));
}

std::optional<CleanStop> readCleanStop(FileSystem& disk, const std::filesystem::path& directory) {
    const auto text = readText(disk, directory / kCleanStopName);
    if (!text) return std::nullopt;
    CleanStop mark;
    auto& extent = mark.extent;
    int end = 0;
    std::sscanf(text->c_str(), kCleanStopFormat, &mark.baseOffset, &extent.bytes, &extent.nextOffset,
                &extent.firstTimestamp, &extent.latest.timestamp, &extent.latest.offset, &end);
    if (end == 0 || extent.nextOffset < mark.baseOffset) return std::nullopt;
    return mark;
}

Status writeLogStart(FileSystem& disk, const std::filesystem::path& directory, std::int64_t offset) {
    return writeText(disk, directory / kLogStartName, fmt::format("{}\n", offset));
}

Result<std::int64_t> readLogStart(FileSystem& disk, const std::filesystem::path& directory) {
    const auto path = directory / kLogStartName;
    const auto text = readText(disk, path);
    if (!text && text.error().code == ErrorCode::notFound) return 0;
    if (!text) return text.error();
    std::int64_t offset = 0;
    int end = 0;
    if (std::sscanf(text->c_str(), "%" SCNd64 "\n%n", &offset, &end) != 1 || end == 0 || offset < 0)
        return Error{ErrorCode::corrupt,
                     path.string() + ": not an offset; delete the file to read from the oldest record"};
    return offset;
}

} // namespace millrace::storage
