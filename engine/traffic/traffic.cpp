#include "traffic/traffic.h"

#include "base/random.h"
#include "traffic/disk_guard.h"
#include "traffic/line_maker.h"
#include "traffic/pacer.h"
#include "traffic/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace millrace::traffic {
namespace {

constexpr std::chrono::milliseconds kSlice{50};
constexpr std::chrono::milliseconds kRetryAfter{1000};

using MakeTarget = std::function<Result<std::unique_ptr<Target>>()>;

class TrafficThread final : public Traffic {
public:
    TrafficThread(std::string node, std::string kind, double rate, MakeTarget makeTarget, TrafficServices services)
        : node_(std::move(node)),
          maker_(makeLineMaker(kind)),
          makeTarget_(std::move(makeTarget)),
          services_(std::move(services)),
          random_(systemRandom()),
          rate_(rate) {}
    ~TrafficThread() override { stop(); }

    Status start() override {
        if (thread_.joinable()) return ok();
        auto target = makeTarget_();
        if (!target) return std::move(target).error();
        target_ = std::move(*target);
        const std::lock_guard lock(mutex_);
        status_ = {};
        status_.running = true;
        status_.sequence = target_->lastSequence();
        stopping_ = false;
        thread_ = services_.clock->start([this] { run(); });
        return ok();
    }

    void stop() override {
        if (!thread_.joinable()) return;
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            services_.clock->notifyAll(changed_);
        }
        target_->interrupt();
        services_.clock->join(thread_);
        target_.reset();
        const std::lock_guard lock(mutex_);
        status_.running = false;
    }

    void setRate(double perSecond) override {
        const std::lock_guard lock(mutex_);
        rate_ = std::clamp(perSecond, 0.0, kHighestRate);
    }

    void burst(double perSecond, std::chrono::milliseconds duration) override {
        const std::lock_guard lock(mutex_);
        burstRate_ = std::clamp(perSecond, 0.0, kHighestRate);
        burstEnd_ = services_.clock->now() + std::clamp(duration, std::chrono::milliseconds(0), kLongestBurst);
    }

    TrafficStatus status() const override {
        const std::lock_guard lock(mutex_);
        TrafficStatus status = status_;
        const auto now = services_.clock->now();
        status.rate = rateAt(now);
        if (burstEnd_ > now) status.burstLeft = std::chrono::duration_cast<std::chrono::milliseconds>(burstEnd_ - now);
        return status;
    }

private:
    double rateAt(MonotonicTime now) const {
        return now < burstEnd_ ? burstRate_ : rate_;
    }

    void run() {
        Pacer pacer(services_.clock->now());
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            const auto now = services_.clock->now();
            lock.unlock();
            checkDisk(now);
            lock.lock();
            if (status_.paused || now < retryAt_) {
                pacer.skipTo(now);
                waitUntil(lock, status_.paused ? nextCheck_ : retryAt_);
                continue;
            }
            make(pacer.due(now, rateAt(now)));
            if (!lines_.empty()) {
                lock.unlock();
                const Status written = target_->write(lines_);
                lock.lock();
                note(written);
            }
            waitUntil(lock, now + kSlice);
        }
    }

    void waitUntil(std::unique_lock<std::mutex>& lock, MonotonicTime when) {
        while (!stopping_ && services_.clock->wait(lock, changed_, when)) {
        }
    }

    /// Lines that could not be delivered are first; no new ones are made until they are.
    void make(std::int64_t count) {
        if (!lines_.empty()) return;
        const EpochMs now = services_.clock->epochMs();
        for (std::int64_t i = 0; i < count; ++i) {
            maker_->append(status_.sequence + i + 1, now, *random_, lines_);
            lines_ += '\n';
        }
        made_ = count;
    }

    void note(const Status& written) {
        if (written) {
            status_.written += made_;
            status_.sequence += made_;
            if (status_.problem) services_.log->info(node_, "traffic goes on");
            status_.problem.reset();
            lines_.clear();
            return;
        }
        if (stopping_) return;
        if (!status_.problem) services_.log->warning(node_, "{}", written.error().message);
        status_.problem = written.error();
        retryAt_ = services_.clock->now() + kRetryAfter;
    }

    void checkDisk(MonotonicTime now) {
        if (now < nextCheck_) return;
        const Status allowed = diskAllows(*services_.disk, services_.runDirectory, services_.limits);
        const std::lock_guard lock(mutex_);
        nextCheck_ = services_.clock->now() + services_.limits.checkEvery;
        const bool paused = !allowed;
        if (paused != status_.paused)
            services_.log->warning(node_, "{}", paused ? allowed.error().message : "traffic goes on");
        if (paused) status_.problem = allowed.error();
        else if (status_.paused) status_.problem.reset();
        status_.paused = paused;
    }

    const std::string node_;
    const std::unique_ptr<LineMaker> maker_;
    const MakeTarget makeTarget_;
    const TrafficServices services_;
    const std::unique_ptr<Random> random_;
    std::unique_ptr<Target> target_;
    std::thread thread_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    double rate_;
    double burstRate_ = 0;
    MonotonicTime burstEnd_{};
    TrafficStatus status_;

    // Of the thread alone.
    std::string lines_;
    std::int64_t made_ = 0;
    MonotonicTime nextCheck_{};
    MonotonicTime retryAt_{};
};

std::string propertyOf(const TrafficConfig& config, std::string_view key, std::string fallback = {}) {
    const auto found = config.properties.find(key);
    return found == config.properties.end() || found->second.empty() ? fallback : found->second;
}

Error wrong(const TrafficConfig& config, const std::string& problem) {
    return {ErrorCode::invalidArgument, fmt::format("traffic.{}: {}", config.name, problem), false};
}

Result<double> readRate(const TrafficConfig& config) {
    const std::string text = propertyOf(config, "rate", "200");
    double rate = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), rate);
    if (problem != std::errc() || end != text.data() + text.size() || !(rate >= 0 && rate <= Traffic::kHighestRate))
        return wrong(config, fmt::format("rate = {} is no number from 0 to {}", text, Traffic::kHighestRate));
    return rate;
}

Result<MakeTarget> readTarget(const TrafficConfig& config, const TrafficServices& services, const std::string& node) {
    const std::string file = propertyOf(config, "file"), tcp = propertyOf(config, "tcp"),
                      topic = propertyOf(config, "topic");
    if (!file.empty() + !tcp.empty() + !topic.empty() != 1)
        return wrong(config, "one of file, tcp and topic must be set");
    if (!file.empty()) {
        const std::filesystem::path given(file);
        const auto path = given.is_absolute() ? given : services.runDirectory / given;
        return MakeTarget(
            [disk = services.disk, path, rotate = services.rotateBytes]() -> Result<std::unique_ptr<Target>> {
                return makeFileTarget(*disk, path, rotate);
            });
    }
    if (!tcp.empty()) {
        if (auto checked = makeTcpTarget(tcp); !checked) return wrong(config, "tcp: " + checked.error().message);
        return MakeTarget([tcp] { return makeTcpTarget(tcp); });
    }
    if (config.servers.empty()) return wrong(config, "the topic " + topic + " belongs to no cluster of this document");
    const std::string name = config.topicName.empty() ? topic : config.topicName;
    return MakeTarget([servers = config.servers, name, log = services.log, node,
                       clock = services.clock] {
        return makeTopicTarget(servers, name, *log, node, *clock);
    });
}

} // namespace

Result<std::unique_ptr<Traffic>> makeTraffic(const TrafficConfig& config, const TrafficServices& services) {
    const std::string node = "traffic/" + config.name;
    const std::string kind = propertyOf(config, "kind", "weblog");
    if (!makeLineMaker(kind))
        return wrong(config, fmt::format("kind = {} is unknown; it can be weblog or orders", kind));
    auto rate = readRate(config);
    if (!rate) return std::move(rate).error();
    auto target = readTarget(config, services, node);
    if (!target) return std::move(target).error();
    return std::unique_ptr<Traffic>(std::make_unique<TrafficThread>(node, kind, *rate, std::move(*target), services));
}

} // namespace millrace::traffic
