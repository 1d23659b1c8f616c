#pragma once

#include "base/executor.h"
#include "base/file_system.h"
#include "base/log.h"
#include "base/random.h"
#include "broker/cluster/cluster_metadata.h"
#include "broker/partitions/replicas.h"
#include "broker/settings/broker_settings.h"
#include "broker/topics/topic_change.h"
#include "broker/topics/topic_directories.h"
#include "broker/topics/topic_journal.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

/// Changes the topics: the cluster's metadata, and the replicas that this broker has of them. Loop thread only. Changes
/// are checked, done and made visible one after the other: the part that waits for the disk runs on the slow lane, and
/// is on stable storage before its outcome is told.
class Topics {
public:
    using Done = std::function<void(std::vector<TopicOutcome>)>;
    struct Doors {
        FileSystem& disk;
        Executor& loop;
        Executor& slow;
        Random& random;
        Log& log;
    };

    /// `metadata` and `replicas` are filled and changed by this one alone.
    Topics(ClusterMetadata& metadata, Replicas& replicas, const BrokerSettings& settings,
           std::filesystem::path directory, const Doors& doors)
        : metadata_(metadata),
          replicas_(replicas),
          settings_(settings),
          directories_(doors.disk, std::move(directory), doors.log),
          doors_(doors) {}

    /// Opens the journal and every partition. May wait for the disk: before the loop serves.
    Status open();

    /// `done` runs on the loop with one outcome for each change, in order.
    void change(std::vector<TopicChange> changes, Done done);
    /// Runs `change`, which changes the broker's settings, when its turn among the changes comes, and has all topics
    /// follow.
    void changeSettings(std::function<void()> change);
    /// Told when a topic is gone, for committed offsets. The outcome is told, and the next change begun, when it has
    /// called `done` on the loop.
    using Removed = std::function<void(const std::string& topic, std::function<void()> done)>;
    void onRemoved(Removed fn) { removed_ = std::move(fn); }

    /// Producer ids and broker configs live in the same journal; see there. Used by one thread at a time: until the
    /// loop serves the opener's, then the slow lane's.
    TopicJournal& journal() { return *journal_; }

private:
    struct Step; ///< one change on its way: planned, prepared on the slow lane, made visible
    using Steps = std::vector<Step>;
    struct Job {
        std::vector<TopicChange> changes;
        Done done;
    };
    /// Does the jobs one after the other, until one has to wait for the disk; that one goes on with the rest.
    void run();
    Steps planned(const std::vector<TopicChange>& changes) const;
    /// Makes the changes visible, and has them told when all who care for removed topics are done.
    void publishAll(const std::shared_ptr<Steps>& steps);
    void work(Steps& steps);
    /// Writes down what is about to happen, so that a crash in the middle of it is undone or finished.
    Status begin(const Steps& steps);
    static void retireLeaving(const Steps& steps);
    Status makeNew(Steps& steps) const;
    /// Makes it true.
    Status commit(const Steps& steps);
    void takeBack(Steps& steps, const Error& why);
    void finish(Steps& steps);
    void publish(Step& step);
    void forget(const Step& step);
    void learn(const TopicEntry& entry);
    void follow(const TopicMetadata& topic);
    void followSettings();

    ClusterMetadata& metadata_;
    Replicas& replicas_;
    const BrokerSettings& settings_;
    TopicDirectories directories_;
    Doors doors_;
    std::unique_ptr<TopicJournal> journal_;
    std::deque<Job> jobs_; ///< the first one runs
    Removed removed_ = [](const std::string&, const std::function<void()>& done) { done(); };
};

} // namespace millrace::broker
