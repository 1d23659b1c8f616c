#include "session/lookups.h"

#include "session/issues.h"
#include "session/node_ids.h"
#include "session/sentences.h"

#include <algorithm>

namespace millrace::session {

namespace {

/// A tap that is not read for so long is closed.
constexpr std::chrono::seconds kTapStaysOpen{10};

TapPage pageOf(flume::TapRead read, const std::string& node) {
    TapPage page;
    page.node = node;
    page.next = static_cast<std::int64_t>(read.next);
    page.skipped = static_cast<std::int64_t>(read.skipped);
    for (flume::TappedEvent& from : read.events) {
        TapEvent& event = page.events.emplace_back();
        event.sequence = static_cast<std::int64_t>(from.sequence);
        event.timeMs = from.timeMs;
        for (auto& [key, value] : from.headers)
            event.headers.push_back({std::move(key), std::move(value)});
        event.body = std::move(from.body);
        event.size = static_cast<std::int64_t>(from.bodySize);
    }
    return page;
}

/// What one answer may bring, whatever was asked for.
TapRequest bounded(TapRequest request) {
    request.after = std::max<std::int64_t>(request.after, 0);
    request.maxEvents = std::clamp<std::int64_t>(request.maxEvents, 1, TapRequest::kMostEvents);
    request.maxBodyBytes = std::clamp<std::int64_t>(request.maxBodyBytes, 0, TapRequest::kMostBodyBytes);
    return request;
}

} // namespace

Answer Lookups::handle(const TapRequest& asked) {
    const TapRequest request = bounded(asked);
    const auto topic = topicOf(request.node);
    Result<TapPage> page = topic ? tapTopic(topic->cluster, topic->topic, request) : tapAgent(request);
    Answer answer;
    answer.ok = page.has_value();
    if (page)
        answer.tap = std::move(*page);
    else
        answer.issues.push_back(issueOf(page.error(), request.node));
    return answer;
}

Answer Lookups::handle(const ReadLogsRequest& request) const {
    const auto lines = std::clamp<std::int64_t>(request.maxLines, 1, ReadLogsRequest::kMostLines);
    Answer answer;
    answer.ok = true;
    answer.logs = log_.page(std::max<std::int64_t>(request.after, 0), static_cast<std::size_t>(lines));
    return answer;
}

Answer Lookups::handle(const HistoryRequest& asked) const {
    HistoryRequest request = asked;
    request.windowMs = std::clamp<std::int64_t>(request.windowMs, 1'000, HistoryRequest::kMostMs);
    request.maxLines = std::clamp<std::int64_t>(request.maxLines, 1, HistoryRequest::kMostLines);
    request.maxColumns = std::clamp<std::int64_t>(request.maxColumns, 2, HistoryRequest::kMostColumns);
    Answer answer;
    answer.ok = true;
    answer.history = history_.page(request);
    return answer;
}

Result<TapPage> Lookups::tapAgent(const TapRequest& request) const {
    Result<TapPage> page = sessionError("node-not-running", {request.node}, ErrorCode::notFound);
    runtime_.withParts([&](const RunParts& parts) {
        for (const RunningAgent& running : parts.agents) {
            if (running.config.name != agentOf(request.node)) continue;
            auto read = running.agent->tap(request.node, static_cast<std::uint64_t>(request.after),
                                           static_cast<std::size_t>(request.maxEvents),
                                           static_cast<std::size_t>(request.maxBodyBytes));
            if (read)
                page = pageOf(std::move(*read), request.node);
            else
                page = read.error();
        }
    });
    return page;
}

Result<TapPage> Lookups::tapTopic(const std::string& cluster, const std::string& topic, const TapRequest& request) {
    std::shared_ptr<const SharedBroker> broker;
    runtime_.withParts([&](const RunParts& parts) {
        for (const RunningBroker& running : parts.brokers)
            if (running.plan.id == cluster) broker = running.broker;
    });
    Result<TapPage> page = sessionError("records-out-of-reach", {cluster}, ErrorCode::unsupported);
    if (!broker) return page;
    TopicTap& tap = tapOf(cluster, topic, broker);
    broker->look([&](broker::Broker& running) {
        page = tap.read(running, request.after, static_cast<std::size_t>(request.maxEvents),
                        static_cast<std::size_t>(request.maxBodyBytes));
    });
    if (page) page->node = request.node;
    return page;
}

TopicTap& Lookups::tapOf(const std::string& cluster, const std::string& topic,
                         const std::shared_ptr<const SharedBroker>& broker) {
    const MonotonicTime now = systemNow();
    std::erase_if(open_, [now](const auto& entry) {
        return entry.second.broker.expired() || now - entry.second.readAt > kTapStaysOpen;
    });
    OpenTap fresh{broker, TopicTap(topic), now};
    auto& tap = open_.try_emplace({cluster, topic}, fresh).first->second;
    if (tap.broker.lock() != broker) tap = std::move(fresh);
    tap.readAt = now;
    return tap.tap;
}

} // namespace millrace::session
