#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "base/result.h"
#include "broker/server/snapshot.h"
#include "net/address.h"
#include "net/transport.h"
#include "wire/record.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

struct BrokerConfig {
    net::Address listen; ///< in PLAINTEXT, unless the configs name listeners; port 0 picks a free one: see address()
    net::TransportFactory transport; ///< what carries the clients' bytes, or their TLS; empty = the sockets themselves
    std::filesystem::path dataDir;   ///< made when missing; one running broker a directory
    int nodeId = 0;
    bool autoCreateTopics = true;
    int defaultPartitions = 1;
    std::map<std::string, std::string>
        configs; ///< Kafka's broker config names, as log.retention.ms; they win over the fields above
};

/// A Kafka broker in this process: one loop thread for its sockets and three that may wait for the disk. Clients
/// reach it over TCP like any other; this class is for who starts it and looks at it. Every member but stop() and the
/// destructor may be called from any thread except the broker's own.
class Broker {
public:
    /// Returns when it listens. Errors: alreadyExists (another broker has the data directory), addressInUse, io (the
    /// data directory), invalidArgument (a config), and what can be wrong with a key store. `disk` and `log` outlive
    /// the broker.
    static Result<std::unique_ptr<Broker>> start(BrokerConfig config, FileSystem& disk, Log& log);
    ~Broker(); ///< as stop(), with errors only logged
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    /// Of the first listener.
    net::Address address() const;
    /// Of all of them in the order of the config, as "PLAINTEXT://127.0.0.1:9092", with the ports they have got.
    const std::vector<std::string>& listeners() const;
    /// Made up at the first start; later starts keep it.
    const std::string& clusterId() const;
    /// Closes the connections, flushes everything and leaves the mark of a clean stop. Once; later calls do nothing.
    Status stop();

    /// A topic that a document declares. Makes it; or grows it when it has fewer partitions (more are left as they are)
    /// and makes `configs` all that the topic sets itself. Waits until it is on disk.
    Status createTopic(const std::string& name, std::int32_t partitions,
                       std::map<std::string, std::string> configs = {});
    /// Deletes topic and data; notFound when there is none.
    Status deleteTopic(const std::string& name);

    /// As of now; costs one visit to the broker's loop. Empty after stop().
    BrokerSnapshot snapshot() const;
    /// The same for who must not wait: ready when the loop has come to it; std::future_error when the broker stops
    /// before.
    std::future<BrokerSnapshot> askSnapshot() const;

    /// Records from the first one at or after `fromOffset` (below the log start: from there), at most `maxRecords` and
    /// about `maxBytes` of batches, at least one batch's worth; fewer when batches open to very much. Empty at the end.
    /// Waits for the disk in the caller's thread. Batches are opened here and for searches by time, nowhere else in the
    /// broker.
    Result<std::vector<wire::Record>> peek(const std::string& topic, std::int32_t partition, std::int64_t fromOffset,
                                           std::size_t maxRecords, std::size_t maxBytes) const;

private:
    struct Impl;
    Status listen(const net::TransportFactory& transport);
    explicit Broker(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::broker
