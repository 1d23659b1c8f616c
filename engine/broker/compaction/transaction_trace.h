#pragma once

#include "broker/partitions/aborted_transactions.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace millrace::broker {

/// Follows the transactions of a log from batch to batch, all of them ended: which batches were aborted, and of which
/// markers nothing is left that they could end.
class TransactionTrace {
public:
    /// All that were aborted, in any order.
    explicit TransactionTrace(const std::vector<AbortedTransaction>& aborted);

    bool isAborted(const wire::BatchHeader& header) const;
    /// The next batch of the log, one of records.
    void saw(const wire::BatchHeader& header);
    /// The next batch is a marker. Whether a batch of its transaction has been seen.
    bool endsSomething(const wire::BatchHeader& marker) { return open_.erase(marker.producerId) > 0; }

private:
    struct Extent {
        std::int64_t firstOffset = 0;
        std::int64_t lastOffset = 0;
    };
    std::unordered_map<std::int64_t, std::vector<Extent>> aborted_; ///< by producer, each in the order of the log
    std::unordered_set<std::int64_t> open_;                         ///< producers of which records were seen
};

} // namespace millrace::broker
