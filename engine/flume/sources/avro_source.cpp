#include "flume/sources/avro_source.h"

#include "flume/registry.h"
#include "flume/support/counted_batches.h"
#include "flume/support/transport_settings.h"
#include "rpc/deflate_transport.h"

#include <utility>
#include <vector>

namespace millrace::flume {
namespace {

/// What an event costs beside its body, a header set beside its entries, an entry beside its text.
constexpr std::size_t kEventCost = 16;
constexpr std::size_t kHeaderSetCost = 128;
constexpr std::size_t kHeaderCost = sizeof(std::pair<std::string, std::string>);

/// Collects the events of one connection's calls; on the loop.
class AvroConnection final : public rpc::AvroReceiver, public rpc::AvroEventSink {
public:
    AvroConnection(std::shared_ptr<AvroSource::Queue> queue, CounterSet& counters)
        : queue_(std::move(queue)), open_(counters[FlumeCounter::openConnections]) {}

    rpc::AvroEventSink& begin(const net::Address&) override { return *this; }
    std::size_t weight() const override { return builder_.slabBytes() + builder_.size() * kEventCost + headerBytes_; }
    void completed(rpc::AvroReply reply) override {
        forgetHeaders();
        queue_->push({builder_.finish(), std::move(reply)});
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
    void event(const rpc::AvroHeaders& headers, std::string_view body) override {
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
    void forgetHeaders() {
        lastHeaders_.clear();
        headerBytes_ = 0;
    }

    const std::shared_ptr<AvroSource::Queue> queue_;
    Counter& open_;
    EventBatchBuilder builder_;
    std::size_t headerBytes_ = 0; ///< of the call under way
    std::string lastHeaders_;
};

} // namespace

void AvroSource::Queue::push(Call call) {
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
    }
    wakeUp_.notify();
}

std::optional<AvroSource::Call> AvroSource::Queue::pop() {
    const std::lock_guard lock(mutex_);
    if (calls_.empty()) return {};
    Call call = std::move(calls_.front());
    calls_.pop_front();
    return call;
}

bool AvroSource::Queue::empty() const {
    const std::lock_guard lock(mutex_);
    return calls_.empty();
}

Result<AvroSourceOptions> readAvroSourceOptions(Settings& settings, const ComponentServices& services) {
    AvroSourceOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    (void)settings.number("threads"); // Flume reads it and does nothing with it either
    auto below = settings.text("compression-type") == "deflate" ? rpc::deflateTransport() : net::TransportFactory();
    const auto rules = settings.list("ipFilterRules");
    const bool filtered = settings.flag("ipFilter");
    auto transport = readServerTransport(settings, services, std::move(below));
    if (!transport) return std::move(transport).error();
    MILLRACE_TRY(settings.status());
    options.transport = std::move(*transport);
    if (!filtered) return options;
    if (rules.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": ipFilter is on, but ipFilterRules is missing",
                     false};
    auto filter = IpFilter::parse(rules);
    if (!filter) return filter.error().in(settings.who());
    options.filter = std::move(*filter);
    return options;
}

AvroSource::AvroSource(AvroSourceOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

AvroSource::~AvroSource() {
    listener_.close();
}

Status AvroSource::start() {
    listener_.close();
    if (!queue_) queue_ = std::make_shared<Queue>(*services_.wakeUp);
    rpc::AvroServerOptions server;
    server.limits.transport = options_.transport;
    if (options_.filter)
        server.admits = [filter = *options_.filter](const net::Address& peer) { return filter.admits(peer.host); };
    auto listener =
        rpc::listenAvro(services_.loop(), options_.address, server, [queue = queue_, counters = services_.counters] {
            return std::make_unique<AvroConnection>(queue, *counters);
        });
    if (!listener) return std::move(listener).error();
    listener_.open(std::move(*listener));
    return ok();
}

void AvroSource::stop() {
    listener_.finish();
}

void AvroSource::close() {
    listener_.close();
    if (!queue_) return;
    // Their senders were told nothing, and send them again.
    while (queue_->pop()) {
    }
}

net::Address AvroSource::address() const {
    return listener_.address(options_.address);
}

Result<Cycle> AvroSource::cycle(ChannelProcessor& output) {
    if (!queue_) return Cycle::idle();
    auto call = queue_->pop();
    if (!call) {
        listener_.allAnswered(services_.clock->now());
        return Cycle::idle();
    }
    const std::size_t count = call->batch->size();
    if (Status processed = processCounted(output, std::move(call->batch), *services_.counters); !processed) {
        services_.log->warning(services_.id, "a batch of {} was refused: {}", count, processed.error().message);
        call->reply.answer(rpc::AvroStatus::failed);
        return Cycle::ready();
    }
    call->reply.answer(rpc::AvroStatus::ok);
    return Cycle::ready();
}

Result<std::unique_ptr<Source>> makeAvroSource(Settings& settings, const ComponentServices& services) {
    auto options = readAvroSourceOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<AvroSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(AvroSource, "org.apache.flume.source.AvroSource", &makeAvroSource)

} // namespace millrace::flume
