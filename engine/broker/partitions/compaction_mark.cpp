#include "broker/partitions/compaction_mark.h"

#include <charconv>
#include <fmt/core.h>

namespace millrace::broker {

namespace {

constexpr const char* kName = "cleaner-offset-checkpoint";
constexpr std::uint64_t kLimitBytes = 4096;

std::string startOf(const std::string& topic, std::int32_t partition) {
    return fmt::format("0\n1\n{} {} ", topic, partition);
}

} // namespace

Status writeCompactionMark(storage::PartitionLog& log, const std::string& topic, std::int32_t partition,
                           std::int64_t offset) {
    const std::string text = startOf(topic, partition) + std::to_string(offset) + "\n";
    return log.writeBeside(kName, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::int64_t readCompactionMark(FileSystem& disk, const std::filesystem::path& directory, const std::string& topic,
                                std::int32_t partition, Log& log) {
    const auto path = directory / kName;
    if (!disk.info(path)) return 0;
    const auto data = disk.readAll(path, kLimitBytes);
    const std::string text = data ? std::string(data->begin(), data->end()) : std::string();
    const std::string start = startOf(topic, partition);
    std::int64_t offset = -1;
    if (text.starts_with(start)) {
        const auto [end, error] = std::from_chars(text.data() + start.size(), text.data() + text.size(), offset);
        if (error != std::errc() || std::string_view(end, text.data() + text.size()) != "\n") offset = -1;
    }
    if (offset >= 0) return offset;
    log.warning("", "{}: cannot be read, the partition is compacted from its start", path.string());
    return 0;
}

} // namespace millrace::broker
