#include "flume/channels/memory_channel.h"
#include "flume/registry.h"

#include <algorithm>
#include <limits>

namespace millrace::flume {

namespace {

/// A memory channel without a bound for transactions, in which events are visible as soon as they are put
/// (org.apache.flume.channel.PseudoTxnMemoryChannel). Apache's loses what was taken when a sink fails; here it goes
/// back.
class PseudoTxnChannel final : public MemoryChannel {
public:
    static Result<Limits> readLimits(Settings& settings) {
        Limits limits;
        limits.capacity = static_cast<std::size_t>(settings.number("capacity"));
        limits.transactionCapacity = std::numeric_limits<std::size_t>::max();
        limits.keepAlive = settings.duration("keep-alive");
        MILLRACE_TRY(settings.status());
        return limits;
    }
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services) {
        auto limits = readLimits(settings);
        if (!limits) return limits.error();
        return std::unique_ptr<Channel>(std::make_unique<PseudoTxnChannel>(*limits, *services.counters));
    }

    using MemoryChannel::MemoryChannel;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        const auto limits = readLimits(settings);
        if (!limits) return limits.error();
        setLimits(*limits);
        return ok();
    }
};

class PseudoTransaction final : public Transaction {
public:
    PseudoTransaction(const PseudoTxnChannel& channel, std::unique_ptr<Transaction> puts,
                      std::unique_ptr<Transaction> takes)
        : channel_(channel), puts_(std::move(puts)), takes_(std::move(takes)) {}

    void begin() override { takes_->begin(); }
    /// A range that is larger than the channel goes in by and by, as sinks make room.
    Status put(const EventRange& range) override {
        const auto piece = static_cast<std::uint32_t>(
            std::min<std::size_t>(channel_.level().capacity, std::numeric_limits<std::uint32_t>::max()));
        for (EventRange next{range.batch, range.first, range.first}; next.last < range.last; next.first = next.last) {
            next.last = next.first + std::min(piece, range.last - next.first);
            puts_->begin();
            Status done = puts_->put(next);
            if (done) done = puts_->commit();
            puts_->recover();
            MILLRACE_TRY(std::move(done));
        }
        return ok();
    }
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override { return takes_->take(maxEvents); }
    Status commit() override { return takes_->commit(); }
    void rollback() override { takes_->rollback(); }
    void recover() override { takes_->recover(); }
    void passOnWakeUp() override { takes_->passOnWakeUp(); }

private:
    const PseudoTxnChannel& channel_;
    std::unique_ptr<Transaction> puts_, takes_;
};

std::unique_ptr<Transaction> PseudoTxnChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<PseudoTransaction>(*this, MemoryChannel::newTransaction(waker),
                                               MemoryChannel::newTransaction(waker));
}

} // namespace

MILLRACE_COMPONENT(PseudoTxnChannel, "org.apache.flume.channel.PseudoTxnMemoryChannel", &PseudoTxnChannel::make)

} // namespace millrace::flume
