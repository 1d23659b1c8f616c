#include "flume/sinks/hdfs/webhdfs_calls.h"

#include "flume/sinks/hdfs/webhdfs_answer.h"
#include "net/event_loop.h"
#include "tls/tls_options.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {
namespace {

constexpr std::chrono::hours kForEver{24 * 365};
constexpr std::uint64_t kAnswerBytes = 1 << 20;
/// Shorter than a NameNode keeps a connection that says nothing.
constexpr std::chrono::milliseconds kKeepFor{5'000};

Error cancelled() {
    return {ErrorCode::cancelled, "the wait for HDFS was ended", true};
}

} // namespace

std::string WebHdfsRequest::words() const {
    return fmt::format("HDFS {} {}", operation, path);
}

/// One request on its way. On the loop, but for `outcome`, which the mutex of the calls guards.
class WebHdfsCalls::Call : public std::enable_shared_from_this<Call> {
public:
    Call(std::shared_ptr<WebHdfsCalls> calls, WebHdfsRequest request)
        : calls_(std::move(calls)), request_(std::move(request)), triesLeft_(calls_->options_.nodes.size() + 1) {}

    void start() {
        const auto& options = calls_->options_;
        if (options.callTimeout.count() > 0)
            timer_ = calls_->loop_.clock().after(options.callTimeout, [self = shared_from_this()] {
                self->timer_ = 0;
                self->end(Error{ErrorCode::timeout,
                                fmt::format("{}: no answer within hdfs.callTimeout", self->request_.words()), true});
            });
        ask();
    }
    /// Nobody waits any more, and what the file is to hold is decided without it: what was not sent stays unsent.
    void giveUp() { end(cancelled()); }
    const std::string& operation() const { return request_.operation; }
    Outcome outcome;

private:
    net::HttpUrl url() const {
        const auto& options = calls_->options_;
        net::HttpUrl url{options.secure, options.nodes[node_], {}};
        url.target = fmt::format("/webhdfs/v1{}?op={}{}&user.name={}", urlEncoded(request_.path), request_.operation,
                                 request_.parameters, urlEncoded(options.user));
        if (!options.doAs.empty()) url.target += "&doas=" + urlEncoded(options.doAs);
        return url;
    }

    void ask() {
        --triesLeft_;
        node_ = calls_->node_.load();
        const net::HttpUrl to = url();
        calls_->send(
            to, {request_.method, to.address, to.target, {}, {}},
            [self = shared_from_this()](Result<net::HttpAnswer> answer) { self->nodeAnswered(std::move(answer)); });
    }

    /// A standby NameNode answers, but does nothing.
    void nodeAnswered(Result<net::HttpAnswer> answer) {
        if (ended_) return;
        const bool helps = answer && remoteException(*answer) != "StandbyException";
        if (!helps && triesLeft_ > 0) {
            std::size_t asked = node_;
            calls_->node_.compare_exchange_strong(asked, (asked + 1) % calls_->options_.nodes.size());
            return ask();
        }
        if (!answer) return end(answer.error().in(request_.words()));
        const bool redirected = answer->status == 307;
        if (redirected && request_.data) return follow(answer->header("Location"));
        if (!redirected && !request_.data && answer->status / 100 == 2) return end(std::move(answer));
        if (answer->status / 100 == 2 || redirected)
            return end(Error{ErrorCode::protocol,
                             fmt::format("{}: {} does not redirect data as WebHDFS does", request_.words(),
                                         calls_->options_.nodes[node_].toString()),
                             true});
        end(remoteError(*answer, request_.words()));
    }

    void follow(const std::string& location) {
        const auto to = net::parseHttpUrl(location);
        if (!to) return end(to.error().in(request_.words() + ": redirected"));
        if (calls_->options_.secure && !to->secure)
            return end(Error{
                ErrorCode::protocol,
                fmt::format("{}: redirected from https to http, which would show the data to all", request_.words()),
                true});
        calls_->send(
            *to,
            {request_.method, to->address, to->target, {{"Content-Type", "application/octet-stream"}}, *request_.data},
            [self = shared_from_this(), at = to->address.toString()](Result<net::HttpAnswer> answer) {
                self->dataAnswered(std::move(answer), at);
            });
    }

    void dataAnswered(Result<net::HttpAnswer> answer, const std::string& at) {
        if (!answer)
            return end(answer.error().in(fmt::format("{}: the DataNode {}, to which the data goes (where it cannot be "
                                                     "reached from here, HttpFS can stand between: hdfs.webAddress)",
                                                     request_.words(), at)));
        if (answer->status / 100 != 2) return end(remoteError(*answer, request_.words()));
        end(std::move(answer));
    }

    void end(Result<net::HttpAnswer> result) {
        ended_ = true;
        if (timer_ != 0) calls_->loop_.clock().cancel(std::exchange(timer_, 0));
        const std::lock_guard lock(calls_->mutex_);
        if (!outcome) outcome.emplace(std::move(result));
        calls_->changed_.notify_all();
    }

    const std::shared_ptr<WebHdfsCalls> calls_;
    const WebHdfsRequest request_;
    std::size_t node_ = 0;
    std::size_t triesLeft_;
    bool ended_ = false;
    Clock::TimerId timer_ = 0;
};

WebHdfsCalls::WebHdfsCalls(net::EventLoop& loop, WebHdfsOptions options) : loop_(loop), options_(std::move(options)) {}

void WebHdfsCalls::close() {
    decltype(clients_) clients;
    const std::lock_guard lock(mutex_);
    closed_ = true;
    clients.swap(clients_);
}

Result<std::shared_ptr<net::HttpClient>> WebHdfsCalls::clientFor(const net::HttpUrl& url) {
    const std::lock_guard lock(mutex_);
    if (closed_) return cancelled();
    auto& client = clients_[url.secure ? url.address.host : std::string()];
    if (client) return client;
    net::HttpClientOptions options;
    options.timeout = options_.callTimeout.count() > 0 ? options_.callTimeout : kForEver;
    options.bodyBytes = kAnswerBytes;
    options.keepFor = kKeepFor;
    options.keptConnections = options_.connections;
    if (url.secure) {
        tls::ClientOptions tls;
        tls.host = url.address.host;
        auto transport = tls::clientTransport(tls);
        if (!transport) return std::move(transport).error();
        options.transport = std::move(*transport);
    }
    client = std::make_shared<net::HttpClient>(loop_, std::move(options));
    return client;
}

void WebHdfsCalls::send(const net::HttpUrl& url, net::HttpCall call, net::HttpClient::Done done) {
    const auto client = clientFor(url);
    if (!client) return done(client.error());
    (*client)->send(std::move(call), std::move(done));
}

WebHdfsCalls::Answer WebHdfsCalls::begin(WebHdfsRequest request) {
    auto call = std::make_shared<Call>(shared_from_this(), std::move(request));
    loop_.post([call] { call->start(); });
    return [this, call] { return await(call); };
}

Result<net::HttpAnswer> WebHdfsCalls::await(const std::shared_ptr<Call>& call) {
    std::unique_lock lock(mutex_);
    while (!call->outcome && !interrupted_ && !(limit_ && loop_.clock().now() >= *limit_)) {
        if (limit_)
            changed_.wait_until(lock, *limit_);
        else
            changed_.wait(lock);
    }
    if (call->outcome) return std::move(*call->outcome);
    loop_.post([call] { call->giveUp(); });
    return cancelled().in(call->operation());
}

void WebHdfsCalls::interrupt() {
    const std::lock_guard lock(mutex_);
    interrupted_ = !limit_;
    changed_.notify_all();
}

void WebHdfsCalls::allowWaits() {
    const std::lock_guard lock(mutex_);
    interrupted_ = false;
    limit_.reset();
}

void WebHdfsCalls::limitWaits(std::chrono::milliseconds longest) {
    const std::lock_guard lock(mutex_);
    interrupted_ = false;
    limit_ = loop_.clock().now() + longest;
    changed_.notify_all();
}

} // namespace millrace::flume
