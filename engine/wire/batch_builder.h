#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "wire/compression.h"
#include "wire/record.h"

#include <cstdint>
#include <span>

namespace millrace::wire {

/// What a producer states about a batch.
struct BatchOptions {
    Codec codec = Codec::none;
    std::int64_t baseOffset = 0;
    std::int64_t producerId = -1;
    std::int16_t producerEpoch = -1;
    std::int32_t baseSequence = -1;
    std::int16_t flags = 0; ///< attributes beside the codec: kTransactionalBit, kControlBit
};

/// One batch of magic 2 with a correct CRC, as a producer would send it: for tools and tests. The records' own offsets
/// are ignored, they follow each other from the base offset. Precondition: at least one record.
Result<Bytes> buildBatch(std::span<const Record> records, const BatchOptions& options = {});

} // namespace millrace::wire
