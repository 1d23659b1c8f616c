#pragma once

#include "storage/partition_log.h"
#include "support/memory_log.h"
#include "support/power_cut_disk.h"
#include "wire/batch_builder.h"
#include "wire/record_reader.h"

#include <string>
#include <vector>

namespace millrace::storage::testing {

using test::Loss;
using test::MemoryLog;
using test::PowerCutDisk;

inline const std::filesystem::path kDirectory = "/data/topic-0";

/// A disk on which the log's directory is there for good.
class LogDisk final : public PowerCutDisk {
public:
    LogDisk() { (void)makeDirectoriesForGood(kDirectory).has_value(); }
};

/// A batch of `values`, each a record with the timestamps `timestamp`, `timestamp` + 1, …
inline Bytes batchOf(const std::vector<std::string>& values, std::int64_t timestamp = 1000,
                     wire::Codec codec = wire::Codec::none) {
    std::vector<wire::Record> records;
    for (const auto& value : values) {
        wire::Record record;
        record.timestamp = timestamp++;
        record.value = Bytes::copyOf(value);
        records.push_back(std::move(record));
    }
    wire::BatchOptions options;
    options.codec = codec;
    auto batch = wire::buildBatch(records, options);
    return batch ? *batch : Bytes();
}

inline BatchInfo infoOf(const Bytes& batch) {
    const auto header = wire::readBatchHeader(batch.span());
    return {header->sizeBytes, header->lastOffsetDelta + 1, header->maxTimestamp};
}

inline Result<AppendResult> append(PartitionLog& log, const Bytes& batch, std::int32_t leaderEpoch = 7) {
    const BatchInfo info = infoOf(batch);
    return log.append(batch, {&info, 1}, leaderEpoch);
}

/// A few records a segment, an index entry for each second.
inline LogConfig smallSegments() {
    LogConfig config;
    config.segmentBytes = 400;
    config.indexIntervalBytes = 100;
    return config;
}

/// What readAll() tells of records named by their offsets.
inline std::vector<std::string> numbered(std::int64_t from, std::int64_t end) {
    std::vector<std::string> lines;
    for (auto i = from; i < end; ++i)
        lines.push_back(std::to_string(i) + ":r" + std::to_string(i));
    return lines;
}

/// Whether these are the records from 0 on, at least so many, none left out.
inline bool isNumbered(const std::vector<std::string>& records, std::int64_t atLeast) {
    const auto count = static_cast<std::int64_t>(records.size());
    return count >= atLeast && records == numbered(0, count);
}

/// Such records, each a batch, up to `end`.
inline Status appendNumbered(PartitionLog& log, std::int64_t end, std::int32_t leaderEpoch = 7) {
    while (log.nextOffset() < end)
        if (auto done = append(log, batchOf({"r" + std::to_string(log.nextOffset())}), leaderEpoch); !done)
            return done.error();
    return ok();
}

inline std::filesystem::path segmentPath(std::int64_t base) {
    return kDirectory / fmt::format("{:020}.log", base);
}

inline Bytes joined(const std::vector<Bytes>& pieces) {
    std::vector<std::uint8_t> all;
    for (const Bytes& piece : pieces)
        all.insert(all.end(), piece.data(), piece.data() + piece.size());
    return Bytes(std::move(all));
}

/// All batches of a log from `offset` to before `end`, as a fetch of a replica gets them.
inline std::vector<Bytes> batchesOf(const PartitionLog& log, std::int64_t offset, std::int64_t end) {
    std::vector<Bytes> batches;
    while (offset < end) {
        const auto read = log.readCold(offset, 1);
        if (!read || read->sizeBytes == 0) break;
        const Bytes batch = joined(read->pieces);
        const auto header = wire::readBatchHeader(batch.span());
        if (header->baseOffset >= end) break;
        batches.push_back(batch);
        offset = header->lastOffset() + 1;
    }
    return batches;
}

/// "offset:value" for each record of the batches, or what is wrong with them.
inline std::vector<std::string> recordsIn(const Bytes& batches) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < batches.size();) {
        const Bytes rest = batches.slice(at);
        const auto header = wire::readBatchHeader(rest.span());
        if (!header) return {"broken: " + header.error().message};
        if (!wire::crcMatches(rest.span().first(header->sizeBytes)))
            return {"broken: CRC at " + std::to_string(header->baseOffset)};
        auto reader = wire::RecordReader::open(rest.slice(0, header->sizeBytes));
        if (!reader) return {"broken: " + reader.error().message};
        for (;;) {
            auto record = reader->next();
            if (!record) return {"broken: " + record.error().message};
            if (!*record) break;
            all.push_back(std::to_string((*record)->offset) + ":" + std::string((*record)->value->text()));
        }
        at += header->sizeBytes;
    }
    return all;
}

/// Retention, with what it leaves to the disk. Returns how many segments went.
inline Result<int> applyRetention(PartitionLog& log, EpochMs now) {
    auto removal = log.applyRetention(now);
    if (!removal) return removal.error();
    if (removal->onDisk) MILLRACE_TRY(removal->onDisk());
    return removal->segments;
}

inline Status setLogStart(PartitionLog& log, std::int64_t offset) {
    auto removal = log.setLogStart(offset);
    if (!removal) return removal.error();
    return removal->onDisk ? removal->onDisk() : ok();
}

/// What a run got confirmed.
struct Confirmed {
    std::int64_t appended = 0;
    std::int64_t flushed = 0;
};

/// Appends and flushes until something fails or `count` is reached.
inline Confirmed work(PartitionLog& log, int count) {
    Confirmed confirmed{log.nextOffset(), log.nextOffset()};
    for (int i = 0; i < count; ++i) {
        if (!append(log, batchOf({"r" + std::to_string(log.nextOffset())}))) break;
        confirmed.appended = log.nextOffset();
        if (i % 4 != 3) continue;
        const auto flushed = log.flush();
        if (!flushed) break;
        confirmed.flushed = *flushed;
    }
    return confirmed;
}

enum class From { anywhere, disk };

/// Every record from `offset` to the end, read in portions of `maxBytes`.
inline std::vector<std::string> readAll(const PartitionLog& log, std::int64_t offset, From from = From::anywhere,
                                        std::size_t maxBytes = 1 << 20) {
    std::vector<std::string> all;
    while (offset < log.nextOffset()) {
        auto read = from == From::disk ? log.readCold(offset, maxBytes) : log.read(offset, maxBytes);
        if (read && read->cold) read = log.readCold(offset, maxBytes);
        if (!read) return {"error: " + read.error().message};
        const auto records = recordsIn(joined(read->pieces));
        if (records.empty()) break; // a gap up to the end
        // The batch that holds `offset` may begin before it.
        for (const auto& record : records)
            if (std::stoll(record) >= offset) all.push_back(record);
        if (all.empty() || records.back().starts_with("broken")) return records;
        offset = std::stoll(all.back()) + 1;
    }
    return all;
}

} // namespace millrace::storage::testing
