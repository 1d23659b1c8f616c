#include "flume/registry.h"
#include "flume/support/answering_listener.h"
#include "flume/support/counted_batches.h"
#include "net/event_loop.h"
#include "net/http_server.h"
#include "rpc/old_flume_avro.h"

#include <deque>
#include <mutex>
#include <optional>

namespace millrace::flume {
namespace {

/// An event on its way to the channels, and how its sender is told.
struct OldCall {
    EventBatchPtr batch;
    rpc::OldFlumeAvro::Call answers;
    net::HttpRespond respond;
};

net::HttpResponse avroResponse(std::string body) {
    return {200, "avro/binary", std::move(body)};
}

/// What the server's handler and the runner share. As each client waits for its answer, there are at most as many calls
/// as clients.
class OldCalls final : rpc::EventSink {
public:
    explicit OldCalls(WakeUp& wakeUp) : wakeUp_(wakeUp) {}

    /// On the loop.
    void take(const net::HttpRequest& request, net::HttpRespond respond) {
        if (request.method != "POST") return respond({405, "text/plain", "events are sent by POST\n"});
        builder_ = EventBatchBuilder();
        auto call = avro_.read(request.body, *this);
        if (!call) return respond({400, "text/plain", call.error().message + "\n"});
        if (!call->hasEvent) return respond(avroResponse(std::move(call->ok)));
        {
            const std::lock_guard lock(mutex_);
            calls_.push_back({builder_.finish(), std::move(*call), std::move(respond)});
        }
        wakeUp_.notify();
    }
    std::optional<OldCall> pop() {
        const std::lock_guard lock(mutex_);
        if (calls_.empty()) return {};
        OldCall call = std::move(calls_.front());
        calls_.pop_front();
        return call;
    }
    bool empty() const {
        const std::lock_guard lock(mutex_);
        return calls_.empty();
    }

private:
    void event(const rpc::EventHeaders& headers, std::string_view body) override {
        std::vector<std::pair<std::string, std::string>> entries;
        headers.forEach([&](std::string_view key, std::string_view value) { entries.emplace_back(key, value); });
        builder_.setHeaders(std::make_shared<const HeaderSet>(std::move(entries)));
        (void)builder_.add(body);
    }

    WakeUp& wakeUp_;
    rpc::OldFlumeAvro avro_;
    EventBatchBuilder builder_;
    mutable std::mutex mutex_;
    std::deque<OldCall> calls_;
};

/// org.apache.flume.source.avroLegacy.AvroLegacySource: an event a call and a transaction, answered after the commit;
/// with an error when the channel refuses, upon which an agent of Flume 0.9 sends it again.
class AvroLegacySource final : public Source {
public:
    AvroLegacySource(net::Address address, const ComponentServices& services)
        : address_(std::move(address)), services_(services), calls_(std::make_shared<OldCalls>(*services.wakeUp)) {}

    Status start() override {
        listener_.close();
        auto server = net::serveHttp(services_.loop(), address_,
                                     [calls = calls_](const net::HttpRequest& request, net::HttpRespond respond) {
                                         calls->take(request, std::move(respond));
                                     });
        if (!server) return std::move(server).error();
        listener_.open(std::move(*server));
        services_.log->info(services_.id, "listens on {}", listener_.address(address_).toString());
        return ok();
    }
    void stop() override { listener_.finish(); }
    bool finished() const override { return calls_->empty() && listener_.closed(); }
    void close() override {
        listener_.close();
        // Their senders were told nothing, and send them again.
        while (calls_->pop()) {
        }
    }
    Result<Cycle> cycle(ChannelProcessor& output) override {
        auto call = calls_->pop();
        if (!call) {
            listener_.allAnswered(services_.clock->now());
            return Cycle::idle();
        }
        if (Status processed = processCounted(output, call->batch, *services_.counters, Appends::uncounted);
            !processed) {
            services_.log->warning(services_.id, "an event was refused: {}", processed.error().message);
            call->respond(avroResponse(std::move(call->answers.refused)));
        } else {
            call->respond(avroResponse(std::move(call->answers.ok)));
        }
        return Cycle::ready();
    }

private:
    const net::Address address_;
    ComponentServices services_;
    const std::shared_ptr<OldCalls> calls_;
    AnsweringListener listener_;
};

Result<std::unique_ptr<Source>> makeAvroLegacySource(Settings& settings, const ComponentServices& services) {
    net::Address address{settings.text("host"), static_cast<std::uint16_t>(settings.number("port"))};
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Source>(std::make_unique<AvroLegacySource>(std::move(address), services));
}

} // namespace

MILLRACE_COMPONENT(AvroLegacySource, "org.apache.flume.source.avroLegacy.AvroLegacySource", &makeAvroLegacySource)

} // namespace millrace::flume
