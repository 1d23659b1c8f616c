#pragma once

#include "net/address.h"
#include "net/event_loop.h"
#include "net/listener.h"
#include "net/transport.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A request as it came.
struct HdfsRequest {
    std::string method;
    std::string path;                              ///< of the file, decoded
    std::map<std::string, std::string> parameters; ///< decoded
    std::string body;
    bool toDataNode = false;
    std::string operation() const {
        const auto found = parameters.find("op");
        return found == parameters.end() ? std::string() : found->second;
    }
};

/// A NameNode and a DataNode that speak WebHDFS, with files in memory. Any thread.
class FakeHdfs {
public:
    /// Instead of the usual answer: a whole answer of HTTP; empty = the connection is closed without one. Nothing: the
    /// usual one.
    using Twist = std::function<std::optional<std::string>(const HdfsRequest&)>;

    /// `transport`: what carries the connections' bytes, TLS; empty = the sockets themselves.
    explicit FakeHdfs(net::EventLoop& loop, net::TransportFactory transport = {});
    ~FakeHdfs();
    net::Address nameNode() const { return nameNode_->address(); }
    void setTwist(Twist twist);
    std::map<std::string, std::string> files() const;
    void put(const std::string& path, const std::string& content);
    void rename(const std::string& from, const std::string& to);
    std::vector<HdfsRequest> requests() const;
    int count(const std::string& operation, bool toDataNode = false) const;

    static std::string answer(int status, const std::string& body, const std::string& headers = {});
    static std::string exception(int status, const std::string& name, const std::string& message = "because");
    /// Never answered.
    static std::string silence() { return "silence"; }
    /// Answered as usual, but with answerLate() only.
    static std::string later() { return "later"; }
    void answerLate();

private:
    class Stream;
    std::string answerTo(const HdfsRequest& request);
    std::string usualAnswerTo(const HdfsRequest& request);
    std::string redirected(const HdfsRequest& request) const;
    std::string changed(const HdfsRequest& request);

    net::EventLoop& loop_;
    const bool secure_;
    mutable std::mutex mutex_;
    Twist twist_;
    std::map<std::string, std::string> files_;
    std::vector<HdfsRequest> requests_;
    std::vector<std::function<void()>> late_; ///< on the loop
    std::unique_ptr<net::Listener> nameNode_, dataNode_;
};

} // namespace millrace::flume::test
