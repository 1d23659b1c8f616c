#include "session/log_store.h"
#include "session/runtime.h"
#include "session/sampler.h"
#include "session/sentences.h"
#include "session/session.h"

#include <condition_variable>
#include <deque>
#include <thread>

namespace millrace::session {

namespace {

using std::chrono::milliseconds;

/// Runs closures one after another on its own thread; those that wait when it is destroyed are dropped.
class CommandThread {
public:
    CommandThread() : thread_([this] { loop(); }) {}
    ~CommandThread() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    void post(std::function<void()> command) {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back(std::move(command));
        }
        changed_.notify_all();
    }

private:
    void loop() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (stopping_) return;
            auto command = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            command();
            lock.lock();
        }
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

class LocalSession final : public Session {
public:
    explicit LocalSession(FileSystem& disk)
        : runtime_(disk, log_), latest_(std::make_shared<const Snapshot>()), sampling_([this] { sampleLoop(); }) {}

    ~LocalSession() override {
        runtime_.abort();
        commands_.reset();
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        sampling_.join();
    }

    void onAnswer(std::function<void(const Answer&)> listener) override { listener_ = std::move(listener); }
    Capabilities capabilities() const override { return {true, true, true, true, true, true, true}; }

    RequestId start(const StartRequest& request) override {
        return post("start", [this, request] { return runtime_.start(request); });
    }
    RequestId apply(const ApplyRequest& request) override {
        return post("apply", [this, request] { return runtime_.apply(request); });
    }
    RequestId stop(milliseconds drainLimit) override {
        if (stopsPending_.fetch_add(1) > 0) runtime_.abort();
        return post("stop", [this, drainLimit] {
            Answer answer =
                runtime_.stop(drainLimit, [this] { publish(); }); // the account of the run, to the last event
            stopsPending_.fetch_sub(1);
            return answer;
        });
    }
    RequestId startNode(const std::string& id) override {
        return post("startNode", [this, id] { return runtime_.startNode(id); });
    }
    RequestId stopNode(const std::string& id) override {
        return post("stopNode", [this, id] { return runtime_.stopNode(id); });
    }
    RequestId burst(const std::string& trafficId, double perSecond, milliseconds duration) override {
        return post("burst", [this, trafficId, perSecond, duration] { return runtime_.burst(trafficId, perSecond, duration); });
    }

    std::shared_ptr<const Snapshot> snapshot() const override {
        const std::lock_guard lock(mutex_);
        return latest_;
    }

    Result<TapPage> tap(const std::string& id, std::int64_t after, std::size_t maxEvents, std::size_t maxBodyBytes) override {
        if (id.starts_with("topic/")) return tapTopic(id, after, maxEvents, maxBodyBytes);
        Result<TapPage> page = sessionError("node-not-running", {id}, ErrorCode::notFound);
        runtime_.withParts([&](const RunParts& parts) {
            for (const RunningAgent& running : parts.agents)
                if (id.starts_with(running.config.name + "/")) page = tapAgent(*running.agent, id, after, maxEvents, maxBodyBytes);
        });
        return page;
    }

    LogPage logs(std::int64_t after, std::size_t maxLines) const override { return log_.page(after, maxLines); }

private:
    static constexpr milliseconds kSampleEvery{100};

    RequestId post(const char* verb, std::function<Answer()> command) {
        const RequestId id = ++lastRequest_;
        commands_->post([this, id, verb, command = std::move(command)] {
            Answer answer = command();
            answer.request = id;
            answer.verb = verb;
            publish(); // what the answer speaks of is in the snapshot by the time it is heard
            if (listener_) listener_(answer);
        });
        return id;
    }

    static Result<TapPage> tapAgent(flume::Agent& agent, const std::string& id, std::int64_t after, std::size_t maxEvents,
                                    std::size_t maxBodyBytes) {
        auto read = agent.tap(id, static_cast<std::uint64_t>(after), maxEvents, maxBodyBytes);
        if (!read) return read.error();
        TapPage page;
        page.node = id;
        page.next = static_cast<std::int64_t>(read->next);
        page.skipped = static_cast<std::int64_t>(read->skipped);
        for (flume::TappedEvent& from : read->events) {
            TapEvent event;
            event.sequence = static_cast<std::int64_t>(from.sequence);
            event.timeMs = from.timeMs;
            for (auto& [key, value] : from.headers) event.headers.push_back({std::move(key), std::move(value)});
            event.body = std::move(from.body);
            event.size = static_cast<std::int64_t>(from.bodySize);
            page.events.push_back(std::move(event));
        }
        return page;
    }

    Result<TapPage> tapTopic(const std::string& id, std::int64_t after, std::size_t maxEvents,
                             std::size_t maxBodyBytes) {
        const std::string rest = id.substr(std::string_view("topic/").size());
        const auto slash = rest.find('/');
        if (slash == std::string::npos) return Error{ErrorCode::invalidArgument, id + ": expected topic/CLUSTER/NAME"};
        const std::string cluster = rest.substr(0, slash);
        const std::string topic = rest.substr(slash + 1);
        Result<TapPage> page = sessionError("records-out-of-reach", {cluster}, ErrorCode::unsupported);
        runtime_.withParts([&](const RunParts& parts) {
            for (const RunningBroker& running : parts.brokers)
                if (running.plan.id == cluster)
                    page = running.taps.try_emplace(topic, topic)
                               .first->second.read(*running.broker, after, maxEvents, maxBodyBytes);
        });
        if (page) page->node = id;
        return page;
    }

    void publish() {
        const std::lock_guard sampling(samplerMutex_);
        auto next = sampler_.sample(runtime_);
        const std::lock_guard lock(mutex_);
        latest_ = std::move(next);
    }

    void sampleLoop() {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, kSampleEvery, [this] { return ending_; })) {
            // At rest nothing changes: the last snapshot after a stop says so already.
            if (!runtime_.running()) continue;
            lock.unlock();
            publish();
            lock.lock();
        }
    }

    LogStore log_;
    Runtime runtime_;
    std::function<void(const Answer&)> listener_;
    std::atomic<RequestId> lastRequest_{0};
    std::atomic<int> stopsPending_{0};
    std::mutex samplerMutex_;
    Sampler sampler_;
    mutable std::mutex mutex_; ///< guards latest_ and ending_
    std::condition_variable wake_;
    std::shared_ptr<const Snapshot> latest_;
    bool ending_ = false;
    std::unique_ptr<CommandThread> commands_ = std::make_unique<CommandThread>();
    std::thread sampling_;
};

} // namespace

std::unique_ptr<Session> makeLocalSession(FileSystem& disk) { return std::make_unique<LocalSession>(disk); }

} // namespace millrace::session
