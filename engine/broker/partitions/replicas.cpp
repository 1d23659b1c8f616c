#include "broker/partitions/replicas.h"

#include <utility>

namespace millrace::broker {

const Replicas::OfTopic& Replicas::of(const wire::Uuid& topic) const {
    static const OfTopic kNone;
    const auto it = byTopic_.find(topic);
    return it == byTopic_.end() ? kNone : it->second;
}

std::shared_ptr<Partition> Replicas::find(const wire::Uuid& topic, std::int32_t index) const {
    const OfTopic& replicas = of(topic);
    const auto it = replicas.find(index);
    return it == replicas.end() ? nullptr : it->second;
}

void Replicas::add(const wire::Uuid& topic, std::shared_ptr<Partition> replica) {
    byTopic_[topic].insert_or_assign(replica->index(), std::move(replica));
}

void Replicas::remove(const wire::Uuid& topic) {
    const auto node = byTopic_.extract(topic);
    if (!node) return;
    for (const auto& [index, replica] : node.mapped())
        replica->markGone();
}

Status Replicas::close(Log& log) {
    Status result = ok();
    for (const auto& [topic, replicas] : byTopic_) {
        for (const auto& [index, replica] : replicas) {
            // Without it the next start reads the producers from the log.
            if (Status saved = replica->saveProducers(); !saved)
                log.warning("", "{}-{}: {}", replica->topic(), index, saved.error().message);
            if (Status closed = replica->log().close(); !closed && result) result = std::move(closed);
        }
    }
    return result;
}

} // namespace millrace::broker
