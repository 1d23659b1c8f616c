#pragma once

#include "net/event_loop.h"
#include "net/http_server.h"

#include <QtGlobal>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A server of HTTP on a free port of loopback that answers by a function and keeps what it was asked. Any thread.
class HttpPeer {
public:
    using Answer = std::function<net::HttpResponse(const net::HttpRequest&)>;

    explicit HttpPeer(Answer answer = {}) : answer_(std::move(answer)), loop_("peer") {
        auto server = net::serveHttp(loop_, {"127.0.0.1", 0},
                                     [this](const net::HttpRequest& request, const net::HttpRespond& respond) {
                                         const std::lock_guard lock(mutex_);
                                         requests_.push_back(request);
                                         if (!silent_)
                                             respond(next(request));
                                         else
                                             waiting_.push_back(respond);
                                     });
        if (!server) qFatal("%s", server.error().message.c_str());
        server_ = std::move(*server);
    }

    std::uint16_t port() const { return server_->address().port; }
    std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port()) + path; }
    /// These come before the function's, one each.
    void answerNext(int status, std::string body = {}) {
        const std::lock_guard lock(mutex_);
        script_.push_back({status, "application/json", std::move(body)});
    }
    void fallSilent() {
        const std::lock_guard lock(mutex_);
        silent_ = true;
    }
    std::vector<net::HttpRequest> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    net::HttpResponse next(const net::HttpRequest& request) {
        if (!script_.empty()) {
            const net::HttpResponse scripted = script_.front();
            script_.pop_front();
            return scripted;
        }
        return answer_ ? answer_(request) : net::HttpResponse{};
    }

    mutable std::mutex mutex_;
    const Answer answer_;
    std::deque<net::HttpResponse> script_;
    std::vector<net::HttpRequest> requests_;
    std::vector<net::HttpRespond> waiting_;
    bool silent_ = false;
    net::EventLoop loop_;
    std::unique_ptr<net::HttpServer> server_; ///< goes before its loop
};

} // namespace millrace::flume::test
