#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace millrace::broker {

/// A transaction that was aborted, in one partition.
struct AbortedTransaction {
    std::int64_t producerId = -1;
    std::int64_t firstOffset = 0;
    std::int64_t lastOffset = 0; ///< of the marker
    /// The partition's last stable offset once the marker was there: none that is aborted later begins before it.
    std::int64_t stableOffset = 0;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.producerId);
        io.field(self.firstOffset);
        io.field(self.lastOffset);
        io.field(self.stableOffset);
        io.tags();
    }
    bool operator==(const AbortedTransaction&) const = default;
};

/// Which parts of a partition consumers of committed records have to leave out: what Kafka keeps in the `.txnindex`
/// files of the segments. Here all of them are in memory, 32 bytes each, and in the producers' snapshot.
class AbortedTransactions {
public:
    /// In the order of their markers.
    void add(const AbortedTransaction& transaction) { byMarker_.push_back(transaction); }
    /// Those that have something between the two offsets, the second of them excluded, by first offset.
    std::vector<AbortedTransaction> between(std::int64_t from, std::int64_t end) const;
    /// Forgets those that end with markers at these offsets.
    void forget(std::span<const std::int64_t> markers);
    /// Forgets those of which nothing is left at or behind `logStart`.
    void forgetBefore(std::int64_t logStart);

    std::vector<AbortedTransaction>& all() { return byMarker_; }
    const std::vector<AbortedTransaction>& all() const { return byMarker_; }

private:
    std::vector<AbortedTransaction> byMarker_;
};

} // namespace millrace::broker
