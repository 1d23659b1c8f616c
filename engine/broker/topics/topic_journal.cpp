#include "broker/topics/topic_journal.h"

#include "wire/reader.h"
#include "wire/writer.h"

namespace millrace::broker {

namespace {

std::vector<std::uint8_t> encoded(const TopicEntry& entry) {
    wire::Writer writer(0, true);
    writer.field(entry);
    return writer.takeBuffer();
}

storage::ChangeJournal::Records encoded(std::span<const TopicEntry> entries) {
    storage::ChangeJournal::Records records;
    for (const TopicEntry& entry : entries)
        records.push_back(encoded(entry));
    return records;
}

} // namespace

TopicEntry TopicEntry::of(const TopicMetadata& topic, Kind kind) {
    TopicEntry entry;
    entry.kind = kind;
    entry.name = topic.name;
    entry.id = topic.id;
    entry.partitions = topic.partitionCount();
    for (const auto& [name, value] : topic.configs)
        entry.configs.push_back({name, value});
    return entry;
}

TopicEntry TopicEntry::ofConfigs(Kind kind, const std::string& name, const ConfigMap& configs) {
    TopicEntry entry;
    entry.kind = kind;
    entry.name = name;
    for (const auto& [config, value] : configs)
        entry.configs.push_back({config, value});
    return entry;
}

ConfigMap TopicEntry::configMap() const {
    ConfigMap map;
    for (const Config& config : configs)
        map.emplace(config.name, config.value);
    return map;
}

Result<std::unique_ptr<TopicJournal>> TopicJournal::open(FileSystem& disk, const std::filesystem::path& path,
                                                         Log& log) {
    auto self = std::make_unique<TopicJournal>();
    constexpr std::string_view kLost =
        "it knows no topic any more: their records stay, and are set aside when a topic of that name is made again";
    auto journal =
        storage::ChangeJournal::open(disk, path, kLost, log, [&](std::span<const std::uint8_t> content) -> Status {
            wire::Reader reader(Bytes::copyOf(content), 0, true);
            TopicEntry entry;
            reader.field(entry);
            MILLRACE_TRY(reader.finish());
            self->learn(std::move(entry));
            return ok();
        });
    if (!journal) return journal.error();
    self->journal_ = std::move(*journal);
    if (self->entries_ > 100 + 2 * (self->topics_.size() + self->scramUsers_.size())) MILLRACE_TRY(self->compact());
    return self;
}

void TopicJournal::learn(TopicEntry entry) {
    ++entries_;
    switch (entry.kind) {
    case TopicEntry::cluster:
        clusterId_ = entry.name;
        break;
    case TopicEntry::topic:
        topics_[entry.name] = std::move(entry);
        break;
    case TopicEntry::removed:
        topics_.erase(entry.name);
        break;
    case TopicEntry::producerIds:
        nextProducerId_ = entry.number;
        break;
    case TopicEntry::brokerConfigs:
        brokerConfigs_[entry.name] = std::move(entry);
        break;
    case TopicEntry::scramUser:
        if (entry.configs.empty())
            scramUsers_.erase(entry.name);
        else
            scramUsers_[entry.name] = std::move(entry);
        break;
    default:
        break; // written by a later version: not ours to judge
    }
}

Status TopicJournal::compact() {
    std::vector<std::vector<std::uint8_t>> contents;
    TopicEntry entry;
    entry.kind = TopicEntry::cluster;
    entry.name = clusterId_;
    contents.push_back(encoded(entry));
    entry.kind = TopicEntry::producerIds;
    entry.name.clear();
    entry.number = nextProducerId_;
    contents.push_back(encoded(entry));
    for (const auto* entries : {&brokerConfigs_, &scramUsers_})
        for (const auto& [name, each] : *entries)
            contents.push_back(encoded(each));
    for (const auto& [name, topic] : topics_)
        contents.push_back(encoded(topic));
    return journal_->rewrite(contents);
}

Status TopicJournal::append(std::span<const TopicEntry> entries) {
    return journal_->write(encoded(entries));
}

Status TopicJournal::begin(std::span<const TopicEntry> entries, std::vector<storage::FileStep> steps) {
    return journal_->begin(encoded(entries), std::move(steps));
}

Status TopicJournal::finish(std::span<const TopicEntry> entries) {
    return journal_->finish(encoded(entries));
}

} // namespace millrace::broker
