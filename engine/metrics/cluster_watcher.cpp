#include "metrics/cluster_watcher.h"

#include "kafka/admin.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace millrace::metrics {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kEvery{2'000};
constexpr milliseconds kPatience{2'000};
/// A look costs one request a partition: of a very large cluster only the first are followed.
constexpr std::size_t kPartitions = 500;

class Watcher final : public ClusterWatcher {
public:
    explicit Watcher(std::unique_ptr<kafka::Admin> admin) : admin_(std::move(admin)), thread_([this] { loop(); }) {}
    ~Watcher() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    ClusterView view() const override {
        const std::lock_guard lock(mutex_);
        return view_;
    }

private:
    void loop() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            ClusterView next = view_;
            lock.unlock();
            const Status looked = look(next);
            lock.lock();
            next.error = looked ? std::string() : looked.error().message;
            view_ = std::move(next);
            changed_.wait_for(lock, kEvery, [this] { return stopping_; });
        }
    }

    /// What was seen before stays when a later question fails.
    Status look(ClusterView& view) {
        auto topics = admin_->topics(kPatience);
        if (!topics) return topics.error();
        auto groups = admin_->groups(kPatience);
        if (!groups) return groups.error();
        view.reached = true;
        view.topics.clear();
        std::vector<kafka::TopicPartition> partitions;
        for (const kafka::TopicInfo& topic : *topics) {
            view.topics.push_back(topic.name);
            for (std::int32_t id = 0; id < topic.partitions && partitions.size() < kPartitions; ++id)
                if (!topic.name.starts_with("__")) partitions.push_back({topic.name, id});
        }
        std::vector<ClusterView::Group> seen;
        for (const kafka::GroupInfo& group : *groups) {
            auto offsets = offsetsOf(group, partitions);
            if (!offsets) return offsets.error();
            seen.push_back({group.name, group.state, group.members, std::move(*offsets)});
        }
        view.groups = std::move(seen);
        return ok();
    }

    Result<std::vector<ClusterView::Offset>> offsetsOf(const kafka::GroupInfo& group,
                                                       const std::vector<kafka::TopicPartition>& partitions) {
        std::vector<ClusterView::Offset> offsets;
        if (partitions.empty()) return offsets;
        auto committed = admin_->committed(group.name, partitions, kPatience);
        if (!committed) return committed.error();
        std::vector<kafka::TopicPartition> read;
        for (const auto& [partition, offset] : *committed) read.push_back(partition);
        if (read.empty()) return offsets;
        auto ends = admin_->ends(read, kPatience);
        if (!ends) return ends.error();
        for (const auto& [partition, offset] : *committed) {
            const auto end = ends->find(partition);
            if (end != ends->end()) offsets.push_back({partition.topic, partition.partition, offset, end->second});
        }
        return offsets;
    }

    std::unique_ptr<kafka::Admin> admin_; ///< used on thread_ only
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    ClusterView view_;
    std::thread thread_;
};

} // namespace

Result<std::unique_ptr<ClusterWatcher>> watchCluster(const std::string& servers, Log& log, const std::string& node) {
    auto config = kafka::connectionFromJava(kafka::ClientRole::admin, servers, {});
    if (!config) return config.error();
    auto admin = kafka::Admin::make(*config, log, node);
    if (!admin) return admin.error();
    return std::unique_ptr<ClusterWatcher>(std::make_unique<Watcher>(std::move(*admin)));
}

} // namespace millrace::metrics
