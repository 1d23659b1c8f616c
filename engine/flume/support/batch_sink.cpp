#include "flume/support/batch_sink.h"

namespace millrace::flume {

namespace {

/// However a cycle ends: what it left open is rolled back.
class Begun {
public:
    explicit Begun(Transaction& transaction) : transaction_(transaction) { transaction_.begin(); }
    ~Begun() { transaction_.recover(); }
    Begun(const Begun&) = delete;
    Begun& operator=(const Begun&) = delete;

private:
    Transaction& transaction_;
};

} // namespace

BatchSink::BatchSink(const ComponentServices& services, std::size_t batchSize, FlumeCounter failureCounter)
    : services_(services),
      batchSize_(batchSize),
      empty_((*services.counters)[FlumeCounter::batchEmpty]),
      underflow_((*services.counters)[FlumeCounter::batchUnderflow]),
      complete_((*services.counters)[FlumeCounter::batchComplete]),
      attempted_((*services.counters)[FlumeCounter::eventDrainAttempt]),
      drained_((*services.counters)[FlumeCounter::eventDrainSuccess]),
      refused_((*services.counters)[failureCounter]),
      channelFailed_((*services.counters)[FlumeCounter::channelReadFail]) {}

Result<Cycle> BatchSink::cycle(Transaction& transaction) {
    MILLRACE_TRY(prepare());
    const Begun begun(transaction);
    return takeAndSend(transaction);
}

Result<Cycle> BatchSink::takeAndSend(Transaction& transaction) {
    const auto taken = transaction.take(batchSize_);
    if (!taken) {
        channelFailed_.addFromOwner(1);
        return taken.error();
    }
    const std::size_t count = eventCount(*taken);
    if (count > 0) {
        (count < batchSize_ ? underflow_ : complete_).addFromOwner(1);
        attempted_.addFromOwner(static_cast<std::int64_t>(count));
        if (Status sent = send(*taken, count); !sent) {
            refused_.addFromOwner(1);
            return std::move(sent).error();
        }
    } else {
        empty_.addFromOwner(1);
    }
    if (Status committed = transaction.commit(); !committed) {
        channelFailed_.addFromOwner(1);
        return std::move(committed).error();
    }
    if (count == 0) return idle();
    drained_.addFromOwner(static_cast<std::int64_t>(count));
    return Cycle::ready();
}

} // namespace millrace::flume
