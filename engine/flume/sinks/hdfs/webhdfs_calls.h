#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "flume/sinks/hdfs/webhdfs_store.h"
#include "net/http_client.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace millrace::flume {

/// One request of WebHDFS.
struct WebHdfsRequest {
    std::string method;    ///< of HTTP
    std::string operation; ///< "CREATE"
    std::string path;
    std::string parameters; ///< further ones, each with & in front
    /// Sent to where the first answer points, as WebHDFS demands of data; null = there is none.
    std::shared_ptr<const std::string> data{};
    std::string words() const; ///< for errors: what is asked for
};

/// The calls of one store, on their way: asks one node after the other until one can help, follows to the DataNode, and
/// is waited for. Any thread.
class WebHdfsCalls : public std::enable_shared_from_this<WebHdfsCalls> {
public:
    /// Waits for the answer, which is a success (2xx) or an error. Call once.
    using Answer = std::function<Result<net::HttpAnswer>()>;

    WebHdfsCalls(net::EventLoop& loop, WebHdfsOptions options);
    /// What is under way ends, and nothing begins any more.
    void close();

    Answer begin(WebHdfsRequest request);
    void interrupt();
    void allowWaits();
    void limitWaits(std::chrono::milliseconds longest);

private:
    class Call;
    using Outcome = std::optional<Result<net::HttpAnswer>>;
    void send(const net::HttpUrl& url, net::HttpCall call, net::HttpClient::Done done);
    Result<net::HttpAnswer> await(const std::shared_ptr<Call>& call);
    Result<std::shared_ptr<net::HttpClient>> clientFor(const net::HttpUrl& url);

    net::EventLoop& loop_;
    const WebHdfsOptions options_;
    std::atomic<std::size_t> node_{0}; ///< that could help last

    std::mutex mutex_;
    std::condition_variable changed_;
    bool closed_ = false;
    bool interrupted_ = false;
    std::optional<MonotonicTime> limit_;
    std::map<std::string, std::shared_ptr<net::HttpClient>> clients_; ///< by the host that certificates are for
};

} // namespace millrace::flume
