#include "flume/runtime/fan_out.h"

#include "base/assertion.h"
#include "flume/interceptor_failure.h"

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
    const bool goesOn = allToAll_ && selector->sendsAllToAll();
    for (Outlet& outlet : outlets)
        outlet.hasRefused = std::any_of(outlets_.begin(), outlets_.end(), [&](const Outlet& before) {
            return before.channel == outlet.channel && before.hasRefused;
        });
    outlets_ = std::move(outlets);
    selector_ = std::move(selector);
    allToAll_ = selector_->sendsAllToAll();
    if (!goesOn) forgetRefused();
    heldUp_.store(false, std::memory_order_relaxed);
}

void FanOut::forgetRefused() {
    refused_.reset();
    for (Outlet& outlet : outlets_)
        outlet.hasRefused = false;
}

bool FanOut::comesAgain(std::span<const EventRange> handedOver) {
    if (!refused_) return false;
    const bool same =
        std::equal(handedOver.begin(), handedOver.end(), refused_->handedOver.begin(), refused_->handedOver.end(),
                   [](const EventRange& one, const EventRange& other) {
                       return one.batch == other.batch && one.first == other.first && one.last == other.last;
                   });
    if (!same) forgetRefused();
    return same;
}

Status FanOut::processRange(const EventRange& range) {
    if (!interceptors_.empty() || !allToAll_) return process(EventRanges{range});
    const bool again = comesAgain({&range, 1});
    if (!again) tap_.record({&range, 1});
    return send({&range, 1}, {&range, 1}, again);
}

Status FanOut::intercept(EventRanges& events) {
    try {
        for (const auto& interceptor : interceptors_)
            interceptor->intercept(events);
        return ok();
    } catch (const InterceptorFailure& failure) {
        return failure.error();
    }
}

Status FanOut::process(EventRanges events) {
    if (comesAgain(events)) {
        const EventRanges left = std::move(refused_->events);
        return send(events, left, true);
    }
    EventRanges handedOver;
    if (!interceptors_.empty()) {
        handedOver = events;
        MILLRACE_TRY(intercept(events));
        compactLeftovers(handedOver, events);
    }
    if (events.empty()) return ok();
    tap_.record(events);
    return send(interceptors_.empty() ? events : handedOver, events, false);
}

Status FanOut::send(std::span<const EventRange> handedOver, std::span<const EventRange> events, bool again) {
    Status sent = allToAll_ ? toAll(events) : route({events.begin(), events.end()}, again);
    if (sent) {
        forgetRefused();
        return sent;
    }
    Refused refused{{handedOver.begin(), handedOver.end()}, {events.begin(), events.end()}};
    if (selector_->spreads()) {
        refused.events = notTaken();
        forgetRefused(); // they may go to whoever has taken others
    }
    refused_ = std::move(refused);
    return sent;
}

Status FanOut::toAll(std::span<const EventRange> events) {
    for (Outlet& outlet : outlets_)
        MILLRACE_TRY(writeOnce(outlet, events));
    return ok();
}

Status FanOut::route(const EventRanges& events, bool again) {
    // Where an event goes the same way each time, it has not been forgotten since it was refused.
    if (!again || selector_->spreads()) {
        routes_.reset(outlets_.size());
        selector_->route(events, routes_);
    }
    for (std::size_t i = 0; i < outlets_.size(); ++i)
        compactLeftovers(events, routes_.required[i]);
    MILLRACE_TRY(writeRequired());
    for (std::size_t i = 0; i < outlets_.size(); ++i) {
        compactLeftovers(events, routes_.optional[i]);
        if (routes_.optional[i].empty()) continue;
        if (const Status written = write(outlets_[i], routes_.optional[i]); !written) logOptional(written.error());
    }
    heldUp_.store(false, std::memory_order_relaxed); // a full optional channel holds nobody up
    routes_.reset(outlets_.size());                  // keeps no batch alive until the next one
    return ok();
}

Status FanOut::writeRequired() {
    for (std::size_t i = 0; i < outlets_.size(); ++i)
        if (!routes_.required[i].empty()) MILLRACE_TRY(writeOnce(outlets_[i], routes_.required[i]));
    return ok();
}

Status FanOut::writeOnce(Outlet& outlet, std::span<const EventRange> events) {
    if (outlet.hasRefused) return ok();
    MILLRACE_TRY(write(outlet, events));
    outlet.hasRefused = true;
    return ok();
}

/// What the selector had for channels that have not taken it.
EventRanges FanOut::notTaken() const {
    EventRanges events;
    for (std::size_t i = 0; i < outlets_.size(); ++i)
        if (!outlets_[i].hasRefused)
            events.insert(events.end(), routes_.required[i].begin(), routes_.required[i].end());
    return events;
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
