#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "storage/partition_log.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace millrace::broker {

/// How far a partition is compacted, in `cleaner-offset-checkpoint` beside its log. Kafka has one such file for all
/// partitions of a directory; this is the same file with one of them: a line 0, a line with the number of the lines
/// that follow, and "topic partition offset". Both may wait for the disk.
Status writeCompactionMark(storage::PartitionLog& log, const std::string& topic, std::int32_t partition,
                           std::int64_t offset);
/// 0 when there is none, or one that cannot be read, which `log` is told: then all is compacted once more.
std::int64_t readCompactionMark(FileSystem& disk, const std::filesystem::path& directory, const std::string& topic,
                                std::int32_t partition, Log& log);

} // namespace millrace::broker
