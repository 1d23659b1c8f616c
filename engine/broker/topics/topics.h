#pragma once

#include "base/executor.h"
#include "base/file_system.h"
#include "base/log.h"
#include "base/random.h"
#include "broker/settings/broker_settings.h"
#include "broker/topics/topic.h"
#include "broker/topics/topic_journal.h"
#include "broker/topics/topic_names.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

/// Why something cannot be done: Kafka's error number (0: it can) and a sentence.
struct Refusal {
    std::int16_t error = 0;
    std::string message;
};

/// Makes of the configs that a topic sets itself those that it shall set, or says why not.
using ConfigEdit = std::function<Refusal(ConfigMap&)>;

/// One wish about one topic.
struct TopicChange {
    enum class Kind { create, remove, grow, configure } kind = Kind::create;
    std::string name;
    std::int32_t partitions = 0; ///< create, grow: the number wanted
    ConfigMap configs;           ///< create: all the topic shall set itself, settled
    bool validateOnly = false;
    ConfigEdit edit = nullptr; ///< configure: meets the configs that all changes before have left
};

/// What became of it: Kafka's error number and a sentence, and the topic as it is now (null after a removal).
struct TopicOutcome {
    std::int16_t error = 0;
    std::string message;
    std::shared_ptr<Topic> topic;
};

/// The topics of the broker. Loop thread only. Changes are checked, done and made visible one after the other: the part
/// that waits for the disk runs on the slow lane, and is on stable storage before its outcome is told.
class Topics {
public:
    using Done = std::function<void(std::vector<TopicOutcome>)>;

    Topics(FileSystem& disk, std::filesystem::path directory, const BrokerSettings& settings, Executor& loop,
           Executor& slow, Random& random, Log& log)
        : disk_(disk),
          directory_(std::move(directory)),
          settings_(settings),
          loop_(loop),
          slow_(slow),
          random_(random),
          log_(log) {}

    /// Opens the journal and every partition. May wait for the disk: before the loop serves.
    Status open();
    /// Null when there is none.
    std::shared_ptr<Topic> find(const std::string& name) const;
    std::shared_ptr<Topic> find(const wire::Uuid& id) const;
    const std::map<std::string, std::shared_ptr<Topic>>& all() const { return byName_; }
    /// Whether a topic of this name, which is not there, could be: Kafka's rule for names, and that no other topic
    /// differs from it in '.' and '_' only.
    Status checkNewName(const std::string& name) const;

    /// `done` runs on the loop with one outcome for each change, in order.
    void change(std::vector<TopicChange> changes, Done done);
    /// Told when a topic is gone, for committed offsets. The outcome is told, and the next change begun, when it has
    /// called `done` on the loop.
    using Removed = std::function<void(const std::string& topic, std::function<void()> done)>;
    void onRemoved(Removed fn) { removed_ = std::move(fn); }

    /// Cluster id and producer ids live in the same journal; see there. Used by one thread at a time: until the loop
    /// serves the opener's, then the slow lane's.
    TopicJournal& journal() { return *journal_; }
    /// Flushes all and marks the logs as cleanly stopped. May wait for the disk; loop and lanes are at rest.
    Status close();

private:
    struct Step; ///< one change on its way: checked, prepared on the slow lane, made visible
    struct Job {
        std::vector<TopicChange> changes;
        Done done;
    };
    /// Does the jobs one after the other, until one has to wait for the disk; that one goes on with the rest.
    void run();
    /// Makes the changes visible, and has them told when all who care for removed topics are done.
    void publishAll(const std::shared_ptr<std::vector<Step>>& steps);
    /// `asked`: the names of the job's changes before, and this one's from now on.
    Step check(const TopicChange& change, TopicNames& asked);
    Refusal checkCreation(const TopicChange& change, const TopicNames& asked) const;
    void know(const std::shared_ptr<Topic>& topic);
    void work(std::vector<Step>& steps);
    /// Writes down what is about to happen, so that a crash in the middle of it is undone or finished.
    Status begin(std::vector<Step>& steps);
    /// Makes it true.
    Status commit(std::vector<Step>& steps);
    void finish(std::vector<Step>& steps);
    static void retireRemoved(const std::vector<Step>& steps);
    static storage::FileStep filesOf(const Step& step);
    Status setStrangersAside(const Step& step);
    void publish(Step& step);
    std::filesystem::path directoryOf(const std::string& topic, std::int32_t partition) const;
    void place(Topic& topic) const;
    Result<std::shared_ptr<Topic>> openTopic(const TopicEntry& entry);
    Status openPartitions(Step& step);
    Status setAside(const std::filesystem::path& directory);

    FileSystem& disk_;
    std::filesystem::path directory_;
    const BrokerSettings& settings_;
    Executor& loop_;
    Executor& slow_;
    Random& random_;
    Log& log_;
    std::unique_ptr<TopicJournal> journal_;
    std::map<std::string, std::shared_ptr<Topic>> byName_;
    std::map<wire::Uuid, std::shared_ptr<Topic>> byId_;
    TopicNames names_;     ///< of byName_
    std::deque<Job> jobs_; ///< the first one runs
    Removed removed_ = [](const std::string&, const std::function<void()>& done) { done(); };
};

} // namespace millrace::broker
