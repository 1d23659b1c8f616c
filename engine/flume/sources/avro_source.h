#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/answering_listener.h"
#include "flume/support/ip_filter.h"
#include "rpc/avro_server.h"

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace millrace::flume {

struct AvroSourceOptions {
    net::Address address;
    net::TransportFactory transport;
    std::optional<IpFilter> filter;
};
Result<AvroSourceOptions> readAvroSourceOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.AvroSource: one call is one batch and one transaction a channel; answered OK after the
/// commit, FAILED when the channels refuse. The queue is bounded by the server: a connection with too many unanswered
/// calls is not read, and none while all calls together take up too much memory.
class AvroSource final : public Source {
public:
    /// One call, from the loop to the runner.
    struct Call {
        EventBatchPtr batch;
        rpc::AvroReply reply;
    };
    class Queue {
    public:
        explicit Queue(WakeUp& wakeUp) : wakeUp_(wakeUp) {}
        void push(Call call);
        std::optional<Call> pop();
        bool empty() const;

    private:
        WakeUp& wakeUp_;
        mutable std::mutex mutex_;
        std::deque<Call> calls_;
    };

    AvroSource(AvroSourceOptions options, const ComponentServices& services);
    ~AvroSource() override;

    Status start() override;
    void stop() override;
    bool finished() const override { return !queue_ || (queue_->empty() && listener_.closed()); }
    void close() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    AvroSourceOptions options_;
    ComponentServices services_;
    std::shared_ptr<Queue> queue_;
    AnsweringListener listener_;
};

Result<std::unique_ptr<Source>> makeAvroSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
