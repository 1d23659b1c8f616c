#pragma once

#include "flume/channel.h"
#include "flume/channels/jdbc/stored_events.h"
#include "flume/component.h"
#include "flume/settings.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

namespace millrace::flume {

/// A queue in a database (org.apache.flume.channel.jdbc.JdbcChannel): SQLite here, Derby in Flume, so that the two do
/// not read each other's. A commit, of puts or of takes, returns when it is on stable storage (D1). A full channel
/// refuses at once. Before start() and after stop() a transaction gets the error `closed`.
class JdbcChannel final : public Channel {
public:
    struct Options {
        std::filesystem::path file;
        bool create = true;
        std::size_t capacity = 0;     ///< events; 0 = no bound
        std::optional<Error> refusal; ///< why it cannot start whatever the disk says
    };
    /// Reads exactly the declared keys.
    static Result<Options> readOptions(Settings& settings, const ComponentServices& services);
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services);

    JdbcChannel(Options options, const ComponentServices& services);

    Status start() override; ///< waits for the disk
    void stop() override;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override;
    Status reconfigure(const catalog::ComponentConfig& config) override;
    std::size_t volatileEvents() const override { return 0; }

private:
    friend class JdbcTransaction;
    std::shared_ptr<StoredEvents> stored() const; ///< null while it is not open

    const ComponentServices& services_;
    const Options options_;
    std::atomic<std::size_t> capacity_;
    mutable std::mutex mutex_;
    std::shared_ptr<StoredEvents> stored_;   ///< guarded by mutex_
    std::atomic<std::size_t> keptEvents_{0}; ///< in the file when it was last stopped
    WaitList takers_;
};

} // namespace millrace::flume
