#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/answering_listener.h"
#include "flume/support/charset.h"
#include "flume/support/hand_over.h"

#include <memory>
#include <string>

namespace millrace::flume {

struct NetcatOptions {
    net::Address address;
    std::size_t maxLineLength = 512; ///< characters with the line feed
    bool ackEveryEvent = true;
    const java::JavaCharset* charset = nullptr; ///< null: lines are passed on as they are
};
Result<NetcatOptions> readNetcatOptions(Settings& settings);

/// org.apache.flume.source.NetcatSource: a line is an event, answered by OK after the channels' commit or by FAILED
/// with the reason. Lines that come together travel together; if the channels refuse the lot, each is tried by itself,
/// so that the answers are those of one transaction a line.
class NetcatSource final : public Source {
public:
    /// The way back to one client. Its connection's handler holds it while lines may still come, each batch until it is
    /// answered; whoever lets go of it last closes the connection behind the answers. From any thread.
    class Client {
    public:
        Client(std::shared_ptr<net::Connection> connection, net::EventLoop& loop)
            : connection_(std::move(connection)), loop_(loop) {}
        ~Client();
        Client(const Client&) = delete;
        Client& operator=(const Client&) = delete;
        void answer(std::string text);

    private:
        std::shared_ptr<net::Connection> connection_;
        net::EventLoop& loop_;
    };
    /// Lines that one connection sent at once, or the end of it because of a line that is too long.
    struct Received {
        std::shared_ptr<Client> client;
        EventBatchPtr batch;
        bool tooLong = false;
    };
    using Queue = HandOver<Received>;

    NetcatSource(NetcatOptions options, const ComponentServices& services);
    ~NetcatSource() override;

    Status start() override;
    void stop() override;
    bool finished() const override { return !queue_ || (queue_->empty() && listener_.closed()); }
    void close() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    std::string deliver(const EventBatchPtr& batch, ChannelProcessor& output);

    NetcatOptions options_;
    ComponentServices services_;
    std::shared_ptr<Queue> queue_;
    AnsweringListener listener_;
};

/// What a connection of the source does with its bytes.
std::unique_ptr<net::StreamHandler> makeNetcatConnection(const NetcatOptions& options,
                                                         std::shared_ptr<NetcatSource::Queue> queue,
                                                         const ComponentServices& services);

Result<std::unique_ptr<Source>> makeNetcatSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
