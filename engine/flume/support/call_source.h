#pragma once

#include "flume/component.h"
#include "flume/component_services.h"
#include "flume/support/answering_listener.h"
#include "flume/support/counted_batches.h"
#include "rpc/call_server.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace millrace::flume {

struct CallSourceOptions {
    net::Address address;
    rpc::CallServerOptions server;
    /// rpc::listenAvro() or another of its kind.
    std::function<Result<std::unique_ptr<net::Listener>>(net::EventLoop&, const net::Address&,
                                                         const rpc::CallServerOptions&, rpc::CallReceiverFactory)>
        listen;
    /// The peers wait for no answer, so what the channels refuse is tried again until they take it, and meanwhile the
    /// peers are not read; what is left at a stop waits for the next start. Otherwise they are told, and send it again
    /// themselves.
    bool repeatsRefused = false;
    bool countsAppends = true; ///< as Flume's source of this protocol does
};

/// A source whose peers hand over events by calls: one call is one batch and one transaction a channel; answered OK
/// after the commit, FAILED when the channels refuse. The queue is bounded by the server: a connection with too many
/// unanswered calls is not read, and none while all calls together take up too much memory.
class CallSource final : public Source {
public:
    /// One call, from the loop to the runner.
    struct Call {
        EventBatchPtr batch;
        Appends appends{};
        rpc::Reply reply;
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

    CallSource(CallSourceOptions options, const ComponentServices& services);
    ~CallSource() override;

    Status start() override;
    void stop() override;
    bool finished() const override { return !queue_ || (!refused_ && queue_->empty() && listener_.closed()); }
    void close() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    std::size_t forgetCalls();

    CallSourceOptions options_;
    ComponentServices services_;
    std::shared_ptr<Queue> queue_;
    std::optional<Call> refused_; ///< comes first, when there is one
    AnsweringListener listener_;
};

} // namespace millrace::flume
