#pragma once

#include "broker/cluster/topic_metadata.h"
#include "storage/change_journal.h"
#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

/// One line of the broker's memory.
struct TopicEntry {
    enum Kind : std::int8_t { cluster = 1, topic = 2, removed = 3, producerIds = 4, brokerConfigs = 5, scramUser = 7 };
    std::int8_t kind = topic;
    /// Of the topic; for `brokerConfigs` the broker's id, or empty for those of all; of a `scramUser`, whose
    /// credentials stand in the configs, none for one who is gone; `cluster`, which earlier versions wrote: the cluster
    /// id.
    std::string name;
    wire::Uuid id;
    std::int32_t partitions = 0;
    std::int64_t number = 0; ///< `producerIds`: the first id that was not handed out
    struct Config {
        std::string name;
        std::string value;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.name);
            io.field(self.value);
        }
    };
    std::vector<Config> configs;

    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.kind);
        io.field(self.name);
        io.field(self.id);
        io.field(self.partitions);
        io.field(self.number);
        io.field(self.configs);
    }
    static TopicEntry of(const TopicMetadata& topic, Kind kind);
    static TopicEntry ofConfigs(Kind kind, const std::string& name, const ConfigMap& configs);
    ConfigMap configMap() const;
};

/// `topics.journal`: which topics there are, with id, partitions and configs, what clients have set of the broker's
/// configs, which producer ids were given out, and who can prove who they are by SCRAM. One thread at a time; append()
/// returns when all its entries are on stable storage; after an error the journal has none of them. Leader epochs are
/// not here: a broker that is alone leads all it has for ever, and the last epoch that has written stands in each log.
class TopicJournal {
public:
    static constexpr const char* kFileName = "topics.journal"; ///< in the data directory

    static Result<std::unique_ptr<TopicJournal>> open(FileSystem& disk, const std::filesystem::path& path, Log& log);

    Status append(std::span<const TopicEntry> entries);
    /// A change of entries and directories that belong together: see storage::ChangeJournal.
    Status begin(std::span<const TopicEntry> entries, std::vector<storage::FileStep> steps);
    Status finish(std::span<const TopicEntry> entries);
    Status undo() { return journal_->undo(); }
    /// As the journal stood when it was opened.
    const std::map<std::string, TopicEntry>& topics() const { return topics_; }
    const std::string& clusterId() const { return clusterId_; } ///< empty: no earlier version has written one
    /// By the broker's id; of all brokers: by the empty one.
    const std::map<std::string, TopicEntry>& brokerConfigs() const { return brokerConfigs_; }
    const std::map<std::string, TopicEntry>& scramUsers() const { return scramUsers_; }
    std::int64_t nextProducerId() const { return nextProducerId_; }

private:
    void learn(TopicEntry entry);
    Status compact();

    std::unique_ptr<storage::ChangeJournal> journal_;
    std::map<std::string, TopicEntry> topics_;
    std::string clusterId_;
    std::map<std::string, TopicEntry> brokerConfigs_;
    std::map<std::string, TopicEntry> scramUsers_;
    std::int64_t nextProducerId_ = 1;
    std::size_t entries_ = 0;
};

} // namespace millrace::broker
