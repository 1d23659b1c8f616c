#include "broker/transactions/producer_ids.h"

namespace millrace::broker {

namespace {
TopicEntry blockEnd(std::int64_t end) {
    TopicEntry entry;
    entry.kind = TopicEntry::producerIds;
    entry.number = end;
    return entry;
}
} // namespace

Status ProducerIds::open() {
    const TopicEntry entry = blockEnd(next_ + kBlock);
    MILLRACE_TRY(journal_.append({&entry, 1}));
    end_ = entry.number;
    return ok();
}

std::optional<std::int64_t> ProducerIds::next() {
    if (end_ - next_ <= kBlock / 2 && !reserving_) reserve();
    if (next_ == end_) return std::nullopt;
    return next_++;
}

void ProducerIds::reserve() {
    reserving_ = true;
    slow_.post([this, end = end_ + kBlock] {
        const TopicEntry entry = blockEnd(end);
        const Status written = journal_.append({&entry, 1});
        loop_.post([this, end, written] {
            reserving_ = false;
            if (written)
                end_ = end;
            else
                log_.error("", "producer ids cannot be reserved: {}", written.error().message);
        });
    });
}

} // namespace millrace::broker
