#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "broker/settings/compression.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace millrace::broker {

/// What a topic demands of each record that is produced to it.
struct RecordRules {
    std::optional<Compression> storeAs{}; ///< absent: as the producer has compressed
    bool keysNeeded = false;              ///< the topic is compacted
    std::optional<EpochMs> appendTime;    ///< LogAppendTime: what the broker's clock says, in place of all timestamps
    std::int64_t earliest = 0;            ///< otherwise no timestamp may lie before this one
    std::int64_t latest = std::numeric_limits<std::int64_t>::max(); ///< nor behind this one
};

/// A batch as the log keeps it.
struct SoundBatch {
    Bytes batch;
    wire::BatchHeader header;
};

/// Why a batch is not kept: Kafka's error number and a sentence, and where single records are at fault, which.
struct BatchFault {
    struct Record {
        std::int32_t index = 0; ///< in the batch
        std::string why;
    };
    std::int16_t error = 0;
    std::string message;
    std::vector<Record> records; ///< at most kMostFaults, the first ones
};
inline constexpr std::size_t kMostFaults = 1000;

/// Looks at every record of a produced batch, since one that cannot be read would block its partition for all readers.
/// A compressed batch is opened once, into at most wire::RecordReader::kMaxBlockBytes, which is what readers here open.
/// What comes back is the batch itself, unless the broker has something to say in it: the largest timestamp (a wrong
/// one would mislead the time index and retention), the append time, offsets that do not count 0, 1, 2, another
/// compression. As Kafka's LogValidator. Precondition: the header fits the batch, the CRC too, and the count its last
/// offset.
std::variant<SoundBatch, BatchFault> checkRecords(const Bytes& batch, const wire::BatchHeader& header,
                                                  const RecordRules& rules);

} // namespace millrace::broker
