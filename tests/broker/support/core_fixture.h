#pragma once

#include "base/log.h"
#include "base/manual_executor.h"
#include "base/random.h"
#include "broker/server/broker_core.h"
#include "wire/batch_builder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::broker {

/// What came back from a handler; filled later when the handler answered "pending".
template <typename Response>
class Asked {
public:
    bool answered() const { return state_->response.has_value(); }
    bool silent() const { return state_->silence.has_value(); }
    bool closes() const { return silent() && state_->silence->close; }
    /// Precondition: answered().
    const Response* operator->() const { return &state_->response.value(); }
    const Response& operator*() const { return state_->response.value(); }
    void giveUp() { state_->pending->abandon(); }

    static Asked of(Answer<Response> answer) {
        Asked asked;
        if (auto* response = std::get_if<Response>(&answer))
            asked.state_->response = std::move(*response);
        else if (auto* silence = std::get_if<Silence>(&answer))
            asked.state_->silence = *silence;
        else {
            asked.state_->pending = std::get<Pending<Response>>(answer);
            // Weak: what never comes must not keep itself alive.
            asked.state_->pending->then([held = std::weak_ptr(asked.state_)](Response response) {
                if (const auto state = held.lock()) state->response = std::move(response);
            });
        }
        return asked;
    }

private:
    struct State {
        std::optional<Response> response;
        std::optional<Silence> silence;
        std::optional<Pending<Response>> pending;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// A broker with no socket and no thread: time stands still until it is moved, the lanes run when they are told to.
class CoreFixture {
public:
    explicit CoreFixture(ConfigMap configs = {}, FileSystem& disk = posixFileSystem(), Log& log = silentLog())
        : configs_(std::move(configs)), disk_(disk), log_(log) {
        open();
    }

    void open() {
        auto settings = BrokerSettings::from(configs_, log_);
        if (!settings) qFatal("%s", settings.error().message.c_str());
        auto core = BrokerCore::open(std::move(*settings), directory.path().toStdString(),
                                     {disk_, loop, {io, io, slow}, loop, random_, log_});
        if (!core) qFatal("%s", core.error().message.c_str());
        core_ = std::move(*core);
    }
    /// As a clean stop and a start.
    void restart() {
        settle();
        if (auto status = core_->close(); !status) qFatal("%s", status.error().message.c_str());
        end();
        open();
    }
    /// As the death of the process: nothing is flushed or marked, what the kernel has stays.
    void die() {
        end();
        open();
    }

    /// Runs loop and lanes until none has anything more to do now.
    void settle() {
        while (loop.drain() + io.drain() + slow.drain() > 0) {
        }
    }
    void advance(std::chrono::milliseconds delta) {
        settle();
        loop.advance(delta);
        settle();
    }

    template <typename Request, typename Response>
    Asked<Response> ask(Answer<Response> (*handler)(const Request&, const Call&, Context&), const Request& request,
                        wire::Version version, const std::string& clientId = "test") {
        const Call call{version, clientId, connection};
        return Asked<Response>::of(handler(request, call, core_->context()));
    }
    /// As ask(), with everything run that runs without time passing.
    template <typename Request, typename Response>
    Asked<Response> get(Answer<Response> (*handler)(const Request&, const Call&, Context&), const Request& request,
                        wire::Version version) {
        auto asked = ask(handler, request, version);
        settle();
        return asked;
    }

    void makeTopic(const std::string& name, std::int32_t partitions = 1, ConfigMap configs = {}) {
        core_->context().topics.change({{CreateTopic{name, partitions, std::move(configs)}}}, [](const auto&) {});
        settle();
    }
    /// Makes the log of a partition `count` records longer.
    void fill(const std::string& topic, int count, std::int32_t partition = 0);
    Topics& topics() { return core_->context().topics; }
    const ClusterMetadata& metadata() { return core_->context().metadata; }
    /// Precondition: it is there.
    Partition* replica(const std::string& topic, std::int32_t partition = 0) {
        return core_->context().replicas.find(metadata().find(topic)->id, partition).get();
    }
    GroupCoordinator& groups() { return core_->context().groups; }
    BrokerCore& core() { return *core_; }

    QTemporaryDir directory;
    /// Who asks.
    std::shared_ptr<ConnectionState> connection =
        std::make_shared<ConnectionState>(ConnectionState{"127.0.0.1", "127.0.0.1", 9092});
    ManualExecutor loop; ///< also the clock
    ManualExecutor io;   ///< the lanes of syncs and reads
    ManualExecutor slow; ///< the lane of all that has time

private:
    void end() {
        for (ManualExecutor* executor : {&loop, &io, &slow})
            executor->forgetAll();
        core_.reset();
    }

    ConfigMap configs_;
    FileSystem& disk_;
    Log& log_;
    SeededRandom random_{42};
    std::unique_ptr<BrokerCore> core_;
};

/// A batch of `count` records with the values "prefix 0", "prefix 1", …
inline Bytes batchOf(int count, const std::string& prefix = "value", wire::BatchOptions options = {},
                     std::int64_t timestamp = 1'700'000'000'000) {
    std::vector<wire::Record> records;
    for (int i = 0; i < count; ++i) {
        wire::Record record;
        record.timestamp = timestamp + i;
        record.value = Bytes::copyOf(prefix + " " + std::to_string(i));
        records.push_back(std::move(record));
    }
    return *wire::buildBatch(records, options);
}

inline void CoreFixture::fill(const std::string& topic, int count, std::int32_t partition) {
    const Bytes batch = batchOf(count);
    auto appended = replica(topic, partition)->append(batch, *wire::readBatchHeader(batch.span()));
    if (!appended) qFatal("%s", appended.error().message.c_str());
}

} // namespace millrace::broker
