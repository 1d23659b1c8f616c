#pragma once

#include "base/clock.h"
#include "broker/partitions/aborted_transactions.h"
#include "wire/api_spec.h"
#include "wire/record_batch.h"
#include "wire/tagged.h"
#include "wire/transaction_marker.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <variant>
#include <vector>

namespace millrace::broker {

/// What one partition remembers of its idempotent producers: epoch and the last five batches of each, five because
/// clients keep at most five requests in flight; and of its transactions: where the open ones begin, and which were
/// aborted. Rules: KIP-98, and kafka.log.ProducerStateManager for the order.
class ProducerStates {
public:
    struct Duplicate {
        std::int64_t baseOffset;
        EpochMs timestamp;
    };
    struct Accepted {};
    /// Accepted, the batch it repeats, or Kafka's error number.
    using Verdict = std::variant<Accepted, Duplicate, std::int16_t>;
    /// What is asked of a producer of which nothing is known. Its data may have been deleted, so any first sequence is
    /// right, unless each of its transactions has an epoch of its own (KIP-890).
    enum class Unknown { mayGoOn, mustBegin };

    /// Precondition: header.producerId >= 0.
    Verdict check(const wire::BatchHeader& header, Unknown unknown = Unknown::mayGoOn) const;
    /// After the append of an accepted batch, and while a log is replayed; `header.baseOffset` is the one assigned.
    void remember(const wire::BatchHeader& header);
    /// The same for a marker at `offset`. The producer's epoch is the marker's from then on; one that is lower than the
    /// producer's changes nothing.
    void end(const wire::TransactionMarker& marker, std::int64_t offset);
    /// Whether the marker comes from before the producer's epoch.
    bool isOutdated(const wire::TransactionMarker& marker) const;

    /// Whether a transaction of the producer, in this epoch, is open.
    bool isOpen(std::int64_t producerId, std::int16_t epoch) const;
    /// Where the first of the open transactions begins; nothing when none is open.
    std::optional<std::int64_t> firstOpen() const;
    const AbortedTransactions& aborted() const { return aborted_; }
    /// Those that end with markers at these offsets.
    void forgetAborted(std::span<const std::int64_t> markers) { aborted_.forget(markers); }
    void forgetAbortedBefore(std::int64_t logStart) { aborted_.forgetBefore(logStart); }

    /// Forgets producers that wrote nothing since `before` and have no transaction open.
    void expire(EpochMs before);
    bool empty() const { return producers_.empty() && aborted_.all().empty(); }
    std::size_t size() const { return producers_.size(); }

    /// All that is remembered, for a snapshot beside the log; `version` is that of producer_snapshot.h.
    std::vector<std::uint8_t> serialize(std::int16_t version) const;
    /// False, and nothing changed, when `data` is none.
    bool restore(std::span<const std::uint8_t> data, std::int16_t version);

    struct Batch {
        std::int32_t firstSequence = 0;
        std::int32_t lastSequence = 0;
        std::int64_t baseOffset = 0;
        EpochMs timestamp = 0;
        std::int64_t lastOffset() const { return baseOffset + ((lastSequence - firstSequence) & 0x7fffffff); }
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.firstSequence);
            io.field(self.lastSequence);
            io.field(self.baseOffset);
            io.field(self.timestamp);
            io.tags();
        }
    };
    struct Producer {
        std::int64_t id = 0;
        std::int16_t epoch = 0;
        std::vector<Batch> batches;         ///< oldest first, at most kWindow; none in an epoch that a marker has begun
        std::int64_t openSince = -1;        ///< where its transaction begins; -1: none is open
        std::int32_t coordinatorEpoch = -1; ///< of its last marker; -1: it has had none
        EpochMs markerTimestamp = -1;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.id);
            io.field(self.epoch);
            io.field(self.batches);
            io.tags(wire::tag(0, self.openSince, -1), wire::tag(1, self.coordinatorEpoch, -1),
                    wire::tag(2, self.markerTimestamp, -1));
        }
        std::int32_t lastSequence() const { return batches.empty() ? -1 : batches.back().lastSequence; }
        EpochMs lastTimestamp() const;
    };
    /// By id.
    const std::unordered_map<std::int64_t, Producer>& all() const { return producers_; }

private:
    static constexpr std::size_t kWindow = 5;
    std::unordered_map<std::int64_t, Producer> producers_;
    std::map<std::int64_t, std::int64_t> open_; ///< first offset to producer id
    AbortedTransactions aborted_;
};

} // namespace millrace::broker
