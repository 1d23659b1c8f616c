#pragma once

#include "flume/support/channel_bench.h"

#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// The bodies of numbered().
inline std::vector<std::string> numbersFrom(std::size_t first, std::size_t count) {
    return bodiesOf(EventRanges{{numbered(first, count), 0, static_cast<std::uint32_t>(count)}});
}

/// A channel over a database in a directory of its own, with one transaction for puts and one for takes.
class JdbcBench {
public:
    explicit JdbcBench(const ChannelProperties& properties = {}) : properties_(properties) {
        context_.emplace(specOf(catalog::ComponentKind::channel, "jdbc"), directory_.path().toStdString());
        make();
    }
    ~JdbcBench() { forget(); }

    Status tryStart() {
        const Status started = channel_->start();
        put_ = channel_->newTransaction(waker_);
        take_ = channel_->newTransaction(waker_);
        return started;
    }
    JdbcBench& start() {
        if (const Status started = tryStart(); !started) qFatal("%s", started.error().message.c_str());
        return *this;
    }
    /// Another object on the same file, after the first has stopped.
    void restart() {
        forget();
        make();
        start();
    }
    Status put(const EventBatchPtr& batch) { return putAll(*put_, batch); }
    std::vector<std::string> take(std::size_t max) { return takeAll(*take_, max); }
    Transaction& taking() { return *take_; }
    Channel& channel() { return *channel_; }
    std::unique_ptr<Transaction> another() { return channel_->newTransaction(waker_); }
    QString path(const char* name) const { return directory_.filePath(name); }
    bool logged(std::string_view text) { return context_->log().contains(text); }
    Status reconfigure(const ChannelProperties& properties) {
        return channel_->reconfigure(makeConfig(catalog::ComponentKind::channel, "c", "jdbc", properties));
    }

private:
    void make() {
        auto all = properties_;
        if (std::ranges::none_of(all, [](const auto& entry) { return entry.first.ends_with("driver.url"); }))
            all.emplace_back("driver.url", "jdbc:sqlite:events.db");
        const auto config = makeConfig(catalog::ComponentKind::channel, "c", "jdbc", all);
        Settings settings(config);
        auto made = builtinRegistry().find<ChannelFactory>(*config.spec)(settings, context_->context());
        if (!made) qFatal("%s", made.error().message.c_str());
        channel_ = std::move(*made);
    }
    void forget() {
        channel_->stop();
        put_.reset();
        take_.reset();
        channel_.reset();
    }

    QTemporaryDir directory_;
    ChannelProperties properties_;
    std::optional<TestContext> context_;
    WakeUp waker_;
    std::unique_ptr<Channel> channel_;
    std::unique_ptr<Transaction> put_, take_;
};

} // namespace millrace::flume::test
