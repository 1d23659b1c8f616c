#pragma once

#include "flume/event_serializer.h"
#include "flume/serializers/avro_codec.h"

#include <array>
#include <cstdint>

namespace millrace::flume {

/// AVRO_EVENT: an Avro object container file of records {headers, body}; a block per batch at least.
class AvroEventSerializer final : public EventSerializer {
public:
    /// A batch that has more than `blockBytes` gets several blocks.
    AvroEventSerializer(Random& random, std::size_t blockBytes, AvroCodec codec)
        : sync_(random.uuid()), blockBytes_(blockBytes), codec_(codec) {}

    void begin(std::string& out) override;
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override;
    void endBatch(std::string& out) override;

private:
    void appendSync(std::string& out) const;

    std::array<std::uint8_t, 16> sync_;
    std::size_t blockBytes_;
    AvroCodec codec_;
    std::string block_;
    std::int64_t count_ = 0;
};

} // namespace millrace::flume
