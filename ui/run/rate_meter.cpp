#include "run/rate_meter.h"

namespace millrace::studio {

namespace {

constexpr std::int64_t kWindowUs = 1'050'000; // one second of frames at 10 Hz, with room for a late one

std::optional<double> difference(std::optional<std::int64_t> then, std::optional<std::int64_t> now, double seconds) {
    // A counter that fell began again without saying so.
    if (!then || !now || *now < *then) return std::nullopt;
    return static_cast<double>(*now - *then) / seconds;
}

double secondsBetween(const session::Snapshot& then, const session::Snapshot& now) {
    return static_cast<double>(now.monotonicUs - then.monotonicUs) / 1e6;
}

std::int64_t sumOfEnds(const session::TopicSnapshot& topic) {
    std::int64_t sum = 0;
    for (const session::PartitionSnapshot& partition : topic.partitions)
        sum += partition.logEnd;
    return sum;
}

} // namespace

void RateMeter::clear() {
    frames_.clear();
    rates_.clear();
    topicRates_.clear();
}

void RateMeter::add(std::shared_ptr<const session::Snapshot> snapshot) {
    if (!frames_.empty() && snapshot->monotonicUs <= frames_.back().snapshot->monotonicUs) clear();
    while (!frames_.empty() && snapshot->monotonicUs - frames_.front().snapshot->monotonicUs > kWindowUs)
        frames_.pop_front();
    Frame frame{std::move(snapshot), {}, {}};
    for (const session::NodeSnapshot& node : frame.snapshot->nodes)
        frame.nodes.insert(QString::fromStdString(node.id), &node);
    for (const session::TopicSnapshot& topic : frame.snapshot->topics)
        frame.topicEnds.insert(QString::fromStdString(topic.cluster + '/' + topic.name), sumOfEnds(topic));
    frames_.push_back(std::move(frame));

    const Frame& newest = frames_.back();
    rates_.clear();
    for (auto it = newest.nodes.begin(); it != newest.nodes.end(); ++it)
        rates_.insert(it.key(), rateOf(it.key(), *it.value()));
    topicRates_.clear();
    for (auto it = newest.topicEnds.begin(); it != newest.topicEnds.end(); ++it) {
        for (const Frame& old : frames_) {
            const auto before = old.topicEnds.find(it.key());
            if (&old == &newest || before == old.topicEnds.end() || *before > it.value()) continue;
            topicRates_.insert(it.key(), static_cast<double>(it.value() - *before) /
                                             secondsBetween(*old.snapshot, *newest.snapshot));
            break;
        }
    }
}

NodeRates RateMeter::rateOf(const QString& id, const session::NodeSnapshot& now) const {
    const Frame& newest = frames_.back();
    for (const Frame& old : frames_) {
        if (&old == &newest) break;
        const session::NodeSnapshot* then = old.nodes.value(id, nullptr);
        if (!then || then->startedMs != now.startedMs) continue;
        const double seconds = secondsBetween(*old.snapshot, *newest.snapshot);
        return {difference(then->in, now.in, seconds), difference(then->out, now.out, seconds)};
    }
    return {};
}

const session::NodeSnapshot* RateMeter::node(const QString& id) const {
    return frames_.empty() ? nullptr : frames_.back().nodes.value(id, nullptr);
}

std::optional<double> RateMeter::topicRate(const QString& clusterAndName) const {
    const auto found = topicRates_.find(clusterAndName);
    return found == topicRates_.end() ? std::nullopt : std::optional(*found);
}

} // namespace millrace::studio
