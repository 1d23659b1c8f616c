#include "flume/runtime/tap.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

constexpr auto kForgottenAfter = 10s;
/// Whatever a reader asks for: what is kept stays bounded.
constexpr std::size_t kMostEvents = 1000;
constexpr std::size_t kMostBodyBytes = 64 * 1024;

} // namespace

TapRead Tap::read(std::uint64_t after, std::size_t maxEvents, std::size_t maxBodyBytes) {
    const std::lock_guard lock(mutex_);
    maxEvents_ = std::min(maxEvents, kMostEvents);
    maxBodyBytes_ = std::min(maxBodyBytes, kMostBodyBytes);
    lastRead_ = clock_.now();
    if (!isOpen()) {
        kept_.clear();
        open_.store(true);
    }
    if (after > sequence_) after = 0;
    TapRead read;
    std::vector<TappedEvent>& fresh = read.events;
    for (const TappedEvent& event : kept_)
        if (event.sequence > after) fresh.push_back(event);
    if (fresh.size() > maxEvents_) fresh.erase(fresh.begin(), fresh.end() - static_cast<std::ptrdiff_t>(maxEvents_));
    read.next = fresh.empty() ? after : fresh.back().sequence;
    if (after > 0 && !fresh.empty()) read.skipped = fresh.front().sequence - after - 1;
    return read;
}

void Tap::keep(std::span<const EventRange> events) {
    const std::lock_guard lock(mutex_);
    if (clock_.now() - lastRead_ > kForgottenAfter) {
        open_.store(false);
        kept_.clear();
        return;
    }
    // Of a batch that is larger than what is kept only the end is copied.
    const std::size_t total = eventCount(events);
    std::size_t skip = total > maxEvents_ ? total - maxEvents_ : 0;
    const EpochMs now = clock_.epochMs();
    for (const EventRange& range : events)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            ++sequence_;
            if (skip > 0) {
                --skip;
                continue;
            }
            const std::string_view body = range.batch->body(i);
            const auto headers = range.batch->headers(i).entries();
            kept_.push_back({sequence_,
                             now,
                             {headers.begin(), headers.end()},
                             std::string(body.substr(0, maxBodyBytes_)),
                             body.size()});
        }
    while (kept_.size() > maxEvents_)
        kept_.pop_front();
}

} // namespace millrace::flume
