#include "flume/support/call_source.h"

#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {
namespace {

/// What an event costs beside its body, a header set beside its entries, an entry beside its text.
constexpr std::size_t kCalledEventCost = 16;
constexpr std::size_t kHeaderSetCost = 128;
constexpr std::size_t kHeaderCost = sizeof(std::pair<std::string, std::string>);

/// Collects the events of one connection's calls; on the loop.
class CallCollector final : public rpc::CallReceiver, public rpc::EventSink {
public:
    CallCollector(std::shared_ptr<CallSource::Queue> queue, CounterSet& counters, bool countsAppends)
        : queue_(std::move(queue)), open_(counters[FlumeCounter::openConnections]), countsAppends_(countsAppends) {}

    rpc::EventSink& begin(rpc::CallKind kind) override {
        kind_ = kind;
        return *this;
    }
    std::size_t weight() const override {
        return builder_.slabBytes() + builder_.size() * kCalledEventCost + headerBytes_;
    }
    void completed(rpc::Reply reply) override {
        forgetHeaders();
        queue_->push({builder_.finish(), appends(), std::move(reply)});
    }
    void abandoned() override {
        forgetHeaders();
        builder_ = EventBatchBuilder();
    }
    void connectionOpened(const net::Address&) override { open_.add(1); }
    void connectionClosed() override { open_.add(-1); }

    void expect(std::size_t events, std::size_t bytes) override {
        if (builder_.empty()) builder_ = EventBatchBuilder(bytes, events);
    }
    void event(const rpc::EventHeaders& headers, std::string_view body) override {
        // Neighbours mostly have the same headers, letter for letter.
        if (builder_.empty() || headers.encoded() != lastHeaders_) {
            std::vector<std::pair<std::string, std::string>> entries;
            headers.forEach([&](std::string_view key, std::string_view value) { entries.emplace_back(key, value); });
            headerBytes_ += kHeaderSetCost + entries.size() * kHeaderCost + headers.encoded().size();
            builder_.setHeaders(std::make_shared<const HeaderSet>(std::move(entries)));
            lastHeaders_ = headers.encoded();
        }
        (void)builder_.add(body);
    }

private:
    Appends appends() const {
        if (!countsAppends_) return Appends::uncounted;
        return kind_ == rpc::CallKind::single ? Appends::single : Appends::batch;
    }
    void forgetHeaders() {
        lastHeaders_.clear();
        headerBytes_ = 0;
    }

    const std::shared_ptr<CallSource::Queue> queue_;
    Counter& open_;
    const bool countsAppends_;
    rpc::CallKind kind_ = rpc::CallKind::batch;
    EventBatchBuilder builder_;
    std::size_t headerBytes_ = 0; ///< of the call under way
    std::string lastHeaders_;
};

} // namespace

void CallSource::Queue::push(Call call) {
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
    }
    wakeUp_.notify();
}

std::optional<CallSource::Call> CallSource::Queue::pop() {
    const std::lock_guard lock(mutex_);
    if (calls_.empty()) return {};
    Call call = std::move(calls_.front());
    calls_.pop_front();
    return call;
}

bool CallSource::Queue::empty() const {
    const std::lock_guard lock(mutex_);
    return calls_.empty();
}

CallSource::CallSource(CallSourceOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

CallSource::~CallSource() {
    listener_.close();
    const std::size_t lost = forgetCalls();
    if (lost == 0 || !options_.repeatsRefused) return;
    services_.log->warning(services_.id, "{} events that the channels did not take before the end are lost", lost);
    (*services_.counters)[FlumeCounter::channelWriteFail].add(static_cast<std::int64_t>(lost));
}

Status CallSource::start() {
    listener_.close();
    if (!queue_) queue_ = std::make_shared<Queue>(*services_.wakeUp);
    auto listener =
        options_.listen(services_.loop(), options_.address, options_.server,
                        [queue = queue_, counters = services_.counters, countsAppends = options_.countsAppends] {
                            return std::make_unique<CallCollector>(queue, *counters, countsAppends);
                        });
    if (!listener) return std::move(listener).error();
    listener_.open(std::move(*listener));
    return ok();
}

void CallSource::stop() {
    listener_.finish();
}

void CallSource::close() {
    listener_.close();
    // Their senders were told nothing, and send them again: if they wait for an answer at all.
    if (!options_.repeatsRefused) forgetCalls();
}

/// How many events were in them.
std::size_t CallSource::forgetCalls() {
    std::size_t events = 0;
    if (const auto call = std::exchange(refused_, std::nullopt)) events += call->batch->size();
    if (!queue_) return events;
    while (const auto call = queue_->pop())
        events += call->batch->size();
    return events;
}

net::Address CallSource::address() const {
    return listener_.address(options_.address);
}

Result<Cycle> CallSource::cycle(ChannelProcessor& output) {
    if (!queue_) return Cycle::idle();
    auto call = refused_ ? std::exchange(refused_, std::nullopt) : queue_->pop();
    if (!call) {
        listener_.allAnswered(services_.clock->now());
        return Cycle::idle();
    }
    if (Status processed = processCounted(output, call->batch, *services_.counters, call->appends); !processed) {
        if (options_.repeatsRefused) {
            refused_ = std::move(call);
            return Cycle::backoff(std::move(processed).error());
        }
        services_.log->warning(services_.id, "a batch of {} was refused: {}", call->batch->size(),
                               processed.error().message);
        call->reply.answer(rpc::CallStatus::failed);
        return Cycle::ready();
    }
    call->reply.answer(rpc::CallStatus::ok);
    return Cycle::ready();
}

} // namespace millrace::flume
