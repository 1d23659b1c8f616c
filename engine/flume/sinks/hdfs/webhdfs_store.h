#pragma once

#include "flume/sinks/hdfs/file_store.h"
#include "net/address.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace millrace::net {
class EventLoop;
}

namespace millrace::flume {

struct WebHdfsOptions {
    std::vector<net::Address> nodes;               ///< one at least; the next is asked where one cannot help
    bool secure = false;                           ///< https; certificates are those that the system trusts
    std::string user;                              ///< user.name, which a cluster without Kerberos believes
    std::string doAs;                              ///< in whose name; empty = the user's own
    std::chrono::milliseconds callTimeout{30'000}; ///< of one operation; 0 = none
    std::size_t connections = 10;                  ///< kept open
};

/// Files in HDFS, written over WebHDFS or HttpFS (Hadoop, "WebHDFS REST API"). A write is stored for good once the
/// answer is there: the file is closed then, so that all DataNodes of its last block have the bytes, in memory at
/// least. hsync, by which they would also be on their disks, is not offered there.
class WebHdfsStore final : public FileStore {
public:
    /// `loop` outlives the store.
    WebHdfsStore(net::EventLoop& loop, WebHdfsOptions options);
    ~WebHdfsStore() override; ///< what is under way is given up

    Outcome create(const std::string& path, std::string_view bytes) override;
    Outcome append(const std::string& path, std::string_view bytes) override;
    Outcome cutBack(const std::string& path, std::uint64_t size) override;
    Outcome rename(const std::string& from, const std::string& to) override;

    void interrupt() override;
    void allowWaits() override;
    void limitWaits(std::chrono::milliseconds longest) override;

private:
    class Core;
    std::shared_ptr<Core> core_;
};

} // namespace millrace::flume
