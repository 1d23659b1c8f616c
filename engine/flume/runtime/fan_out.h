#pragma once

#include "flume/channel.h"
#include "flume/component.h"
#include "flume/interceptor.h"
#include "flume/runtime/tap.h"
#include "flume/selector.h"

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace millrace::flume {

/// The way of a source's events: interceptors, selector, one transaction for each channel. Runner thread only, except
/// heldUp().
class FanOut final : public ChannelProcessor {
public:
    using ChannelProcessor::process;
    struct Outlet {
        std::string channel; ///< name, for messages
        std::unique_ptr<Transaction> transaction;
        Tap* tap = nullptr;      ///< of the channel; outlives the outlet
        bool hasRefused = false; ///< it took what another channel refused; FanOut's own
    };

    /// `log`, `tap` (of the source) and `clock` outlive this.
    FanOut(std::string id, Log& log, Tap& tap, const ThreadClock& clock)
        : id_(std::move(id)), log_(log), tap_(tap), clock_(clock) {}

    void setInterceptors(std::vector<std::unique_ptr<Interceptor>> interceptors) {
        interceptors_ = std::move(interceptors);
    }
    void setOutlets(std::vector<Outlet> outlets, std::unique_ptr<Selector> selector);
    /// What was refused will not come again, the source begins anew.
    void forgetRefused();

    Status process(EventRanges events) override;
    Status processRange(const EventRange& range) override;
    std::vector<Status> processEach(const EventRange& range) override;

    /// The last attempt failed because a required channel was full. Any thread.
    bool heldUp() const { return heldUp_.load(std::memory_order_relaxed); }

private:
    /// An event on its way by itself: a range of one, and which of the events that were handed over it is.
    struct Single {
        EventRange event;
        std::size_t place;
    };
    /// What a required channel refused, until it comes again or something else does.
    struct Refused {
        EventRanges handedOver;
        EventRanges events; ///< as the interceptors left them; of a selector that spreads only what no channel took
    };
    bool comesAgain(std::span<const EventRange> handedOver);
    Status send(std::span<const EventRange> handedOver, std::span<const EventRange> events, bool again);
    Status writeOnce(Outlet& outlet, std::span<const EventRange> events);
    EventRanges notTaken() const;
    Status intercept(EventRanges& events);
    Result<std::vector<Single>> intercepted(const EventRange& range);
    void writeEach(Outlet& outlet, std::span<const Single* const> singles, std::vector<Status>& outcomes);
    Status toAll(std::span<const EventRange> events);
    Status route(const EventRanges& events, bool again);
    Status writeRequired();
    Status write(Outlet& outlet, std::span<const EventRange> events);
    void logOptional(const Error& error);

    std::string id_;
    Log& log_;
    Tap& tap_;
    const ThreadClock& clock_;
    std::vector<std::unique_ptr<Interceptor>> interceptors_;
    std::unique_ptr<Selector> selector_;
    bool allToAll_ = true; ///< what selector_ says, kept: it is asked for each batch
    std::vector<Outlet> outlets_;
    Routes routes_;
    std::optional<Refused> refused_;
    std::atomic<bool> heldUp_{false};
    MonotonicTime quietUntil_{}; ///< for failures of optional channels
};

/// Copies what is kept of a batch when that is less than half of it, so that a large slab can go (SHAPES §3).
/// `handedOver` are the ranges that the source gave, `kept` some of their events in order.
void compactLeftovers(const EventRanges& handedOver, EventRanges& kept);

} // namespace millrace::flume
