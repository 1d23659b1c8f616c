#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "catalog/agent_config.h"
#include "flume/channel.h"
#include "flume/component_services.h"
#include "flume/event_batch.h"

#include <memory>
#include <optional>
#include <vector>

namespace millrace::flume {

/// What a cycle of a source or sink did.
struct Cycle {
    enum class Outcome {
        ready,   ///< did something: call again at once
        idle,    ///< nothing to do: sleep until woken (or wakeAt)
        backoff, ///< something failed and was rolled back: wait, longer each time in a row (Flume's runner rules)
    };
    Outcome outcome = Outcome::idle;
    std::optional<MonotonicTime> wakeAt;  ///< with idle: a timer of the component (batchTimeout, rollInterval)
    std::shared_ptr<const Error> failure; ///< with backoff: what failed; else null, so that a Cycle is cheap to pass on
    static Cycle ready() { return {Outcome::ready, {}, {}}; }
    static Cycle idle(std::optional<MonotonicTime> wakeAt = {}) { return {Outcome::idle, wakeAt, {}}; }
    static Cycle backoff(Error failure) {
        return {Outcome::backoff, {}, std::make_shared<const Error>(std::move(failure))};
    }
};

/// Takes a source's events through interceptors and selector into channels (org.apache.flume.channel.ChannelProcessor).
/// Runner thread only.
class ChannelProcessor {
public:
    virtual ~ChannelProcessor() = default;
    /// One transaction per required channel, then the optional ones. The error of the first required channel that
    /// refused; channels committed before keep the events, as in Flume. Handed over once more next, the same ranges of
    /// the same batches go on from there: no interceptor sees them and no channel gets them twice. Ok also when
    /// interceptors or selector dropped all.
    virtual Status process(EventRanges events) = 0;
    /// One range, for sources that hand over a batch in small pieces: needs no list. The same otherwise.
    virtual Status processRange(const EventRange& range) { return process(EventRanges{range}); }
    /// As if each event were processed by itself, though those that go together travel together: how each of them
    /// fared, in their order. No channel gets an event twice, and none behind the one that refused it gets it at all.
    virtual std::vector<Status> processEach(const EventRange& range) = 0;
    Status process(EventBatchPtr batch) {
        if (!batch) return ok();
        const auto size = static_cast<std::uint32_t>(batch->size());
        return process(EventRanges{{std::move(batch), 0, size}});
    }
};

/// A source. All calls on its runner's thread; a listening source's connections live on services.loop() and hand
/// complete batches over through a bounded queue, notifying services.wakeUp.
class Source {
public:
    virtual ~Source() = default;
    /// Opens ports and files. After an error it is called again (supervision, every 3 s as Flume), possibly with what
    /// was opened before still open: start from scratch.
    virtual Status start() = 0;
    /// Ends accepting and reading; what was already received is still delivered by further cycles until finished().
    virtual void stop() = 0;
    virtual bool finished() const { return true; }
    /// No further cycle comes before the next start(): what stop() left open goes. Also called when nobody waits for
    /// finished(), unlike stop() before it.
    virtual void close() {}
    /// One step: read what is ready, at most one batch, and process it.
    virtual Result<Cycle> cycle(ChannelProcessor& output) = 0;
    /// live-class properties changed; unsupported = rebuild me.
    virtual Status reconfigure(const catalog::ComponentConfig&) { return Error{ErrorCode::unsupported, {}}; }
};

/// A sink. All calls on its runner's thread (a group's sinks share one).
class Sink {
public:
    virtual ~Sink() = default;
    virtual Status start() = 0;
    virtual void stop() = 0; ///< closes files and connections
    /// Takes at most one batch out of `transaction` (between begin and commit or rollback, both done here). An error
    /// is Flume's exception: the transaction has been rolled back and a failover group tries the next sink.
    virtual Result<Cycle> cycle(Transaction& transaction) = 0;
    virtual Status reconfigure(const catalog::ComponentConfig&) { return Error{ErrorCode::unsupported, {}}; }
    /// Ends a wait for a peer that a cycle is in, and every later one until the next start(). Any thread.
    virtual void interrupt() {}
};

} // namespace millrace::flume
