#include "flume/runtime/fan_out.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

constexpr auto kQuietAfterOptionalFailure = 10s;
/// Below this a slab is not worth a copy.
constexpr std::size_t kSmallSlab = 4096;

std::size_t bytesOf(const EventRanges& ranges) {
    std::size_t bytes = 0;
    for (const EventRange& range : ranges)
        bytes += range.bodyBytes();
    return bytes;
}

EventBatchPtr copyOf(const EventRanges& ranges) {
    EventBatchBuilder builder(bytesOf(ranges), eventCount(ranges));
    for (const EventRange& range : ranges)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            builder.setHeaders(range.batch->headerSet(i));
            const bool added = builder.add(range.batch->body(i));
            MILLRACE_ASSERT(added, "less than half of what was one batch fits");
        }
    return builder.finish();
}

} // namespace

void compactLeftovers(const EventRanges& handedOver, EventRanges& kept) {
    const std::size_t before = bytesOf(handedOver);
    if (kept.empty() || before < kSmallSlab || bytesOf(kept) >= before / 2) return;
    EventBatchPtr copy = copyOf(kept);
    const auto size = static_cast<std::uint32_t>(copy->size());
    kept.clear();
    kept.push_back({std::move(copy), 0, size});
}

void FanOut::setOutlets(std::vector<Outlet> outlets, std::unique_ptr<Selector> selector) {
    outlets_ = std::move(outlets);
    selector_ = std::move(selector);
    allToAll_ = selector_->sendsAllToAll();
    heldUp_.store(false, std::memory_order_relaxed);
}

Status FanOut::processRange(const EventRange& range) {
    if (!interceptors_.empty() || !allToAll_) return process(EventRanges{range});
    tap_.record({&range, 1});
    return toAll({&range, 1});
}

Status FanOut::process(EventRanges events) {
    if (!interceptors_.empty()) {
        const EventRanges handedOver = events;
        for (const auto& interceptor : interceptors_)
            interceptor->intercept(events);
        compactLeftovers(handedOver, events);
    }
    if (events.empty()) return ok();
    tap_.record(events);
    return allToAll_ ? toAll(events) : route(events);
}

Status FanOut::toAll(std::span<const EventRange> events) {
    for (Outlet& outlet : outlets_)
        MILLRACE_TRY(write(outlet, events));
    return ok();
}

Status FanOut::route(const EventRanges& events) {
    routes_.reset(outlets_.size());
    selector_->route(events, routes_);
    for (std::size_t i = 0; i < outlets_.size(); ++i) {
        compactLeftovers(events, routes_.required[i]);
        if (!routes_.required[i].empty()) MILLRACE_TRY(write(outlets_[i], routes_.required[i]));
    }
    for (std::size_t i = 0; i < outlets_.size(); ++i) {
        compactLeftovers(events, routes_.optional[i]);
        if (routes_.optional[i].empty()) continue;
        if (const Status written = write(outlets_[i], routes_.optional[i]); !written) logOptional(written.error());
    }
    heldUp_.store(false, std::memory_order_relaxed); // a full optional channel holds nobody up
    routes_.reset(outlets_.size());                  // keeps no batch alive until the next one
    return ok();
}

Status FanOut::write(Outlet& outlet, std::span<const EventRange> events) {
    Transaction& transaction = *outlet.transaction;
    transaction.begin();
    Status status = ok();
    for (const EventRange& range : events) {
        status = transaction.put(range);
        if (!status) break;
    }
    if (status) status = transaction.commit();
    if (status) {
        if (heldUp_.load(std::memory_order_relaxed)) heldUp_.store(false, std::memory_order_relaxed);
        outlet.tap->record(events);
        return status;
    }
    transaction.rollback();
    heldUp_.store(status.error().code == ErrorCode::full, std::memory_order_relaxed);
    return status.error().in("channel " + outlet.channel);
}

void FanOut::logOptional(const Error& error) {
    // At full speed the same line would come a hundred thousand times a second.
    const MonotonicTime now = clock_.now();
    if (now < quietUntil_) return;
    quietUntil_ = now + kQuietAfterOptionalFailure;
    log_.warning(id_, "optional {}; these events are not kept there", error.message);
}

} // namespace millrace::flume
