#pragma once

#include "base/clock.h"
#include "flume/event_serializer.h"
#include "flume/sinks/hdfs/hadoop_codec.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace millrace::flume {

enum class SequenceValue { writable, text }; ///< hdfs.writeFormat: BytesWritable, Text

/// A Hadoop sequence file, version 6 (org.apache.hadoop.io.SequenceFile): of each event the header `timestamp`, or the
/// time of writing, as a LongWritable, and the body. Without a codec record by record, with a sync mark behind each
/// batch and after 100 KiB; with one in blocks, a batch at least one. As Flume writes it.
class SequenceFileSerializer final : public EventSerializer {
public:
    using Now = std::function<EpochMs()>;
    SequenceFileSerializer(SequenceValue value, std::optional<HadoopCodec> codec, Random& random, Now now)
        : value_(value), codec_(codec), sync_(random.uuid()), now_(std::move(now)) {}

    void begin(std::string& out) override;
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override;
    void endBatch(std::string& out) override;

private:
    void addRecord(std::int64_t key, std::string_view body, std::string& out);
    void addToBlock(std::int64_t key, std::string_view body);
    void appendPacked(std::string& part, std::string& out);
    void appendSync(std::string& out);
    void appendValue(std::string_view body, std::string& out) const;

    const SequenceValue value_;
    const std::optional<HadoopCodec> codec_;
    const std::array<std::uint8_t, 16> sync_;
    const Now now_;
    std::size_t sinceSync_ = 0; ///< bytes written behind the last mark
    /// Of the block that is collected.
    std::int64_t records_ = 0;
    std::string keyLengths_, keys_, valueLengths_, values_;
};

} // namespace millrace::flume
