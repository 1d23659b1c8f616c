#pragma once

#include "broker/common/call.h"
#include "broker/partitions/partition.h"
#include "wire/messages/fetch.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace millrace::broker {

struct Context;

/// What one fetch asks for, found and checked: which partitions, from where, how much. Reads when it is answered.
/// Loop thread only.
class FetchPlan {
public:
    struct Entry {
        std::string topic;
        wire::Uuid topicId;
        std::int32_t index = 0;
        std::shared_ptr<Partition> partition; ///< null when unknown
        std::int64_t offset = 0;
        std::int32_t leaderEpoch = -1;
        std::size_t maxBytes = 0;
        bool unreadable = false; ///< stored in a compression that the client does not know
        std::int16_t error = 0;
        std::int64_t end = 0; ///< behind what its reader may see; once it is read
        storage::ReadResult read;
    };

    FetchPlan(const wire::FetchRequest& request, const Call& call, Context& context);

    const std::vector<Entry>& entries() const { return entries_; }
    bool readCommitted() const { return readCommitted_; }
    /// Some partition has an error, which is answered without waiting.
    bool failed() const;
    /// How many bytes could be read now; counting ends at `enough`. Data that is not in memory counts as enough.
    std::size_t availableBytes(std::size_t enough) const;

    /// Reads and hands out the response: at once from memory, or after a round over the read lane.
    void answer(Context& context, std::function<void(wire::FetchResponse)> done);

private:
    Entry entryFor(const wire::FetchRequest::Topic& topic, const wire::FetchRequest::Topic::Partition& partition,
                   const Call& call, Context& context) const;
    void check(Entry& entry) const;
    /// Behind what its reader may see.
    std::int64_t endFor(const Entry& entry) const;
    /// Something lies at its offset that its reader may see.
    bool hasMore(const Entry& entry) const;
    wire::FetchResponse response(Context& context);

    bool byId_;
    bool knowsZstd_;
    bool readCommitted_;
    std::size_t maxBytes_;
    std::vector<Entry> entries_; ///< in the order of the request, a partition once
};

} // namespace millrace::broker
