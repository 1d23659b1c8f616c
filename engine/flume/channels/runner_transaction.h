#pragma once

#include "flume/channel.h"
#include "flume/channels/taker_place.h"

#include <vector>

namespace millrace::flume {

/// Behind the others; joined to the last one when it goes on there.
void appendRange(std::vector<EventRange>& ranges, const EventRange& range);

/// What a transaction is, whatever holds the events: the order of its calls, the runner's place among those that wait
/// for events, and that what was handed out stays where it is until the end. A channel's own transaction says how
/// events come and go. Its destructor calls end().
class RunnerTransaction : public Transaction {
public:
    void begin() final;
    Status put(const EventRange& range) final;
    Result<std::span<const EventRange>> take(std::size_t maxEvents) final;
    Status commit() final;
    void rollback() final;
    void recover() final {
        if (open_) rollback();
    }
    void passOnWakeUp() final;

protected:
    RunnerTransaction(WaitList& takers, WakeUp& waker) : waker_(waker), place_(takers, waker) {}
    void end() {
        recover();
        passOnWakeUp();
    }

    virtual void begun() {}
    /// `range` is not empty.
    virtual Status add(const EventRange& range) = 0;
    /// Up to so many events in place of what is in `into`, of which elements may be used again. Returns how many.
    virtual Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) = 0;
    /// Whether a take would find something now, in whatever channel there is. Between transactions too.
    virtual bool eventsReady() const = 0;
    virtual void wakeTaker() = 0;
    virtual Status publishPuts() = 0;
    virtual Status commitTakes() = 0;
    /// What was taken goes back to the head, what was put is forgotten.
    virtual void undo() = 0;
    /// After commit and rollback: nothing is held any more.
    virtual void closed() {}

    WakeUp& waker() const { return waker_; }
    std::size_t takenEvents() const { return takenEvents_; }
    /// What take() has handed out since begin(), in the order of the calls.
    std::span<std::vector<EventRange>> taken() { return std::span(takes_).first(takeCalls_); }
    /// Keeps none of their batches alive; for closed().
    void forgetTaken() {
        for (std::vector<EventRange>& ranges : taken())
            ranges.clear();
    }

private:
    void close();

    WakeUp& waker_;
    TakerPlace place_;
    bool open_ = false;
    std::vector<std::vector<EventRange>> takes_; ///< one element for each call of take()
    std::size_t takeCalls_ = 0;
    std::size_t takenEvents_ = 0;
};

} // namespace millrace::flume
