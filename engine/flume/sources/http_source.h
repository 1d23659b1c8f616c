#pragma once

#include "flume/component.h"
#include "flume/http_handler.h"
#include "flume/settings.h"
#include "flume/support/answering_listener.h"
#include "flume/support/hand_over.h"
#include "net/http_server.h"

#include <memory>

namespace millrace::flume {

struct HttpSourceOptions {
    net::Address address;
    net::TransportFactory transport;
    std::shared_ptr<HttpEventHandler> handler;
};
Result<HttpSourceOptions> readHttpSourceOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.http.HTTPSource: a POST (or GET) is a batch and one transaction a channel, answered by 200
/// after the commit, by 400 when the handler finds no events in it, by 503 when the channels refuse, and while too much
/// waits.
class HttpSource final : public Source {
public:
    HttpSource(HttpSourceOptions options, const ComponentServices& services);
    ~HttpSource() override;

    Status start() override;
    /// No request is taken any more; what waits is still answered.
    void stop() override;
    bool finished() const override { return !queue_ || (queue_->empty() && listener_.closed()); }
    void close() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    /// A request from the loop to the runner.
    struct Waiting {
        net::HttpRequest request;
        net::HttpRespond respond;
    };
    using Queue = HandOver<Waiting>;
    net::HttpResponse answerTo(const net::HttpRequest& request, ChannelProcessor& output);

    HttpSourceOptions options_;
    ComponentServices services_;
    std::shared_ptr<Queue> queue_;
    AnsweringListener listener_;
};

Result<std::unique_ptr<Source>> makeHttpSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
