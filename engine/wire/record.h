#pragma once

#include "base/bytes.h"
#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

struct RecordHeader {
    std::string key;
    std::optional<Bytes> value;
    bool operator==(const RecordHeader&) const = default;
};

/// One record taken out of a batch. Key and value are slices of the batch (or of its decompressed block): copying a
/// record copies no byte but keeps the whole block alive. A null value is a tombstone.
struct Record {
    std::int64_t offset = 0;
    EpochMs timestamp = -1;
    std::optional<Bytes> key;
    std::optional<Bytes> value;
    std::vector<RecordHeader> headers;
    bool operator==(const Record&) const = default;
};

} // namespace millrace::wire
