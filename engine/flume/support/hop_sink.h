#pragma once

#include "base/clock.h"
#include "flume/settings.h"
#include "flume/support/batch_sink.h"
#include "net/client_socket.h"
#include "rpc/call_status.h"
#include "rpc/event_sink.h"

#include <algorithm>
#include <chrono>
#include <fmt/core.h>
#include <functional>
#include <memory>

namespace millrace::flume {

/// What the sinks of both protocols have: how large a batch is, and when the connection is made anew.
struct HopSettings {
    std::size_t batchSize = 100;
    std::chrono::milliseconds resetInterval{0}; ///< 0: the connection is kept

    static HopSettings read(Settings& settings) {
        return {static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batch-size"))),
                settings.duration("reset-connection-interval")};
    }
};

/// A sink that sends to another agent: a batch is one appendBatch, or several when it is long, committed when the
/// answer to each is OK. Any other answer, a timeout or a broken link rolls back and drops the connection; the next
/// cycle connects again and sends all of the batch again. `Client` is rpc::AvroClient or another of its shape.
template <typename Client>
class HopSink final : public BatchSink {
public:
    using Options = typename Client::Options;

    HopSink(Options options, const HopSettings& hop, const ComponentServices& services)
        : BatchSink(services, hop.batchSize, FlumeCounter::eventWriteFail),
          options_(std::move(options)),
          hop_(hop),
          batch_(options_) {
        options_.clock = services.clock;
    }

    Status start() override { // connects when there is something to send
        interrupt_->clear();
        return ok();
    }
    void stop() override { disconnect(); }
    void interrupt() override { interrupt_->raise(); }
    Status reconfigure(const catalog::ComponentConfig& config) override {
        Settings settings(config);
        const HopSettings hop = HopSettings::read(settings);
        MILLRACE_TRY(settings.status());
        setBatchSize(hop.batchSize);
        return ok();
    }

private:
    /// After a silence of this length the connection is tried before a batch is trusted to it: the other side may have
    /// gone.
    static constexpr std::chrono::milliseconds kTrustedSilence{1000};
    /// An event with which a message would be longer begins the next one: a message that is too long for the peer
    /// closes the connection, each time it is sent.
    static constexpr std::size_t kMessageBytes = 16 * 1024 * 1024;

    void disconnect() {
        if (!client_) return;
        client_.reset();
        (*services().counters)[FlumeCounter::connectionClosed].addFromOwner(1);
    }

    Status connect() {
        const auto now = services().clock->now();
        if (client_ && hop_.resetInterval.count() > 0 && now - connectedAt_ >= hop_.resetInterval) disconnect();
        if (client_ && now - usedAt_ > kTrustedSilence && !client_->stillThere()) disconnect();
        if (client_) return ok();
        auto client = Client::connect(options_, interrupt_);
        if (!client) {
            (*services().counters)[FlumeCounter::connectionFailed].addFromOwner(1);
            return std::move(client).error();
        }
        client_ = std::move(*client);
        connectedAt_ = services().clock->now();
        (*services().counters)[FlumeCounter::connectionCreated].addFromOwner(1);
        return ok();
    }

    static std::size_t bytesOf(const HeaderSet& headers) {
        std::size_t bytes = 0;
        for (const auto& [name, value] : headers.entries())
            bytes += name.size() + value.size();
        return bytes;
    }

    Status send(std::span<const EventRange> ranges, std::size_t) override {
        batch_.clear();
        const HeaderSet* last = nullptr;
        std::size_t headerBytes = 0;
        for (const EventRange& range : ranges)
            for (std::size_t i = range.first; i < range.last; ++i) {
                const HeaderSet* headers = range.batch->headerSet(i).get();
                const std::string_view body = range.batch->body(i);
                if (headers != last) headerBytes = bytesOf(*headers);
                if (!batch_.empty() && batch_.bytes() + headerBytes + body.size() > kMessageBytes) {
                    MILLRACE_TRY(sendMessage());
                    last = nullptr;
                }
                if (headers == last)
                    batch_.addWithSameHeaders(body);
                else
                    batch_.add(headers->entries(), body);
                last = headers;
            }
        return sendMessage();
    }

    /// What is in the batch, which is empty then.
    Status sendMessage() {
        MILLRACE_TRY(connect());
        const auto answer = client_->appendBatch(batch_);
        const std::size_t bytes = batch_.bytes();
        batch_.clear();
        usedAt_ = services().clock->now();
        if (answer && *answer == rpc::CallStatus::ok) return ok();
        disconnect();
        if (!answer && bytes > rpc::kLongestMessage)
            return answer.error().in(fmt::format("sending an event of {} bytes, of which a source of Millrace takes at "
                                                 "most {} with its headers",
                                                 bytes, rpc::kLongestMessage));
        if (!answer) return answer.error();
        return Error{ErrorCode::full,
                     fmt::format("the {} at {} answered {}; its channel may be full", Client::kPeer,
                                 options_.address.toString(), rpc::toString(*answer)),
                     true};
    }

    Options options_;
    const HopSettings hop_;
    const std::shared_ptr<net::Interrupt> interrupt_ = net::makeInterrupt();
    std::unique_ptr<Client> client_;
    typename Client::Batch batch_;
    MonotonicTime connectedAt_{};
    MonotonicTime usedAt_{};
};

} // namespace millrace::flume
