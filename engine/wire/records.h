#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <vector>

namespace millrace::wire {

/// Record batches as a response carries them: pieces of the log's own buffers, sent without a copy. Never null on the
/// wire: librdkafka refuses null records in Fetch v12 and later.
struct Records {
    std::vector<Bytes> pieces;

    std::size_t size() const {
        std::size_t sum = 0;
        for (const Bytes& piece : pieces)
            sum += piece.size();
        return sum;
    }
    bool operator==(const Records&) const = default;
};

} // namespace millrace::wire
