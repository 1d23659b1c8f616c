#pragma once

#include "base/clock.h"
#include "wire/api_spec.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <variant>
#include <vector>

namespace millrace::broker {

/// What one partition remembers of its idempotent producers: epoch and the last five batches of each, five because
/// clients keep at most five requests in flight. Rules: KIP-98, and kafka.log.ProducerStateManager for the order.
class ProducerStates {
public:
    struct Duplicate {
        std::int64_t baseOffset;
        EpochMs timestamp;
    };
    struct Accepted {};
    /// Accepted, the batch it repeats, or Kafka's error number.
    using Verdict = std::variant<Accepted, Duplicate, std::int16_t>;

    /// Precondition: header.producerId >= 0.
    Verdict check(const wire::BatchHeader& header) const;
    /// After the append of an accepted batch, and while a log is replayed; `header.baseOffset` is the one assigned.
    void remember(const wire::BatchHeader& header);
    /// Forgets producers that wrote nothing since `before`.
    void expire(EpochMs before);
    bool empty() const { return producers_.empty(); }
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
        std::vector<Batch> batches; ///< oldest first, at most kWindow
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.id);
            io.field(self.epoch);
            io.field(self.batches);
            io.tags();
        }
    };

private:
    static constexpr std::size_t kWindow = 5;
    std::unordered_map<std::int64_t, Producer> producers_;
};

} // namespace millrace::broker
