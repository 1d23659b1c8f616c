#include "broker/topics/topics.h"

#include "broker/topics/removal.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

struct Topics::Step {
    TopicChange change;
    TopicOutcome outcome;
    TopicEntry entry;
    std::shared_ptr<Topic> before;                  ///< null for create
    std::vector<std::shared_ptr<Partition>> opened; ///< create, grow
    bool pending() const { return outcome.error == kNone && !change.validateOnly; }
    bool removes() const { return change.kind == TopicChange::Kind::remove; }
    bool makes() const { return change.kind == TopicChange::Kind::create || change.kind == TopicChange::Kind::grow; }
    std::int32_t partitionsBefore() const { return before ? static_cast<std::int32_t>(before->partitions.size()) : 0; }
};

namespace {
constexpr const char* kDeleted = ".deleted"; ///< directories of topics that are gone

Error lookalikeError(const std::string& name, const std::string& other) {
    return {ErrorCode::invalidArgument,
            fmt::format("topic name {} differs from topic {} in '.' and '_' only; choose another name", name, other)};
}
} // namespace

std::filesystem::path Topics::directoryOf(const std::string& topic, std::int32_t partition) const {
    return directory_ / (topic + "-" + std::to_string(partition));
}

std::shared_ptr<Topic> Topics::find(const std::string& name) const {
    const auto it = byName_.find(name);
    return it == byName_.end() ? nullptr : it->second;
}

std::shared_ptr<Topic> Topics::find(const wire::Uuid& id) const {
    const auto it = byId_.find(id);
    return it == byId_.end() ? nullptr : it->second;
}

Status Topics::open() {
    MILLRACE_TRY(disk_.makeDirectories(directory_));
    auto journal = TopicJournal::open(disk_, directory_ / "topics.journal", log_);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    auto entries = disk_.list(directory_);
    if (!entries) return entries.error();
    for (const FileInfo& info : *entries)
        if (info.directory && info.path.extension() == kDeleted) removeBitByBit(disk_, info.path, slow_, log_);
    for (const auto& [name, entry] : journal_->topics()) {
        auto topic = openTopic(entry);
        if (!topic) return topic.error().in("topic " + name);
        know(*topic);
    }
    return ok();
}

void Topics::know(const std::shared_ptr<Topic>& topic) {
    byName_[topic->name] = topic;
    byId_[topic->id] = topic;
    names_.add(topic->name);
}

Result<std::shared_ptr<Topic>> Topics::openTopic(const TopicEntry& entry) {
    auto topic = std::make_shared<Topic>();
    topic->name = entry.name;
    topic->id = entry.id;
    topic->configs = entry.configMap();
    topic->settings = TopicSettings::from(topic->configs, settings_.configs);
    for (std::int32_t i = 0; i < entry.partitions; ++i) {
        topic->partitions.push_back(
            Partition::openOrOffline(disk_, directoryOf(entry.name, i), entry.name, i, topic->settings.log, log_));
    }
    place(*topic);
    return topic;
}

/// A cluster of one has every partition on its one broker.
void Topics::place(Topic& topic) const {
    topic.placements.resize(topic.partitions.size(), {settings_.nodeId, {settings_.nodeId}, {settings_.nodeId}});
}

void Topics::change(std::vector<TopicChange> changes, Done done) {
    jobs_.push_back({std::move(changes), std::move(done)});
    if (jobs_.size() == 1) run();
}

void Topics::run() {
    while (!jobs_.empty()) {
        auto steps = std::make_shared<std::vector<Step>>();
        TopicNames asked;
        for (const TopicChange& change : jobs_.front().changes)
            steps->push_back(check(change, asked));
        if (std::any_of(steps->begin(), steps->end(), [](const Step& step) { return step.pending(); }))
            return slow_.post([this, steps] {
                work(*steps);
                loop_.post([this, steps] { publishAll(steps); });
            });
        finish(*steps);
    }
}

/// The part that waits for the disk.
void Topics::work(std::vector<Step>& steps) {
    const auto fail = [&](const Error& error) {
        for (Step& step : steps)
            if (step.pending()) step.outcome = {kStorageError, error.message, nullptr};
    };
    if (auto begun = begin(steps); !begun) return fail(begun.error());
    retireRemoved(steps);
    Status opened = ok();
    for (Step& step : steps)
        if (opened && step.pending() && step.makes()) opened = openPartitions(step);
    const Status done = opened ? commit(steps) : opened;
    if (done) return;
    // A topic whose removal was written down is gone, wherever its files are for now.
    std::vector<Step*> refused;
    for (Step& step : steps)
        if (step.pending() && !step.removes()) refused.push_back(&step);
    for (Step* step : refused) {
        step->opened.clear();
        step->outcome = {kStorageError, done.error().message, nullptr};
    }
    if (refused.empty()) log_.warning("", "{}", done.error().message);
    auto undone = journal_->undo();
    if (undone) return;
    log_.error("", "{}", undone.error().message);
    fail(undone.error()); // a removal whose files have not moved yet may be none after the next start
}

/// Before their directories go, whose names the next topic may have: work of other lanes may still be on its way.
void Topics::retireRemoved(const std::vector<Step>& steps) {
    for (const Step& step : steps)
        if (step.pending() && step.removes())
            for (const auto& partition : step.before->partitions)
                partition->sharedLog()->retire();
}

storage::FileStep Topics::filesOf(const Step& step) {
    const std::string prefix = step.change.name + "-";
    if (step.makes()) return {storage::FileStep::make, prefix, {}, {}, step.partitionsBefore(), step.change.partitions};
    // Without the topic's name, which may be as long as a file name can be.
    return {storage::FileStep::move, prefix, step.entry.id.text() + "-", kDeleted, 0, step.partitionsBefore()};
}

Status Topics::begin(std::vector<Step>& steps) {
    std::vector<TopicEntry> removals;
    std::vector<storage::FileStep> files;
    for (const Step& step : steps) {
        if (!step.pending() || !(step.makes() || step.removes())) continue;
        files.push_back(filesOf(step));
        if (step.removes()) removals.push_back(step.entry);
    }
    if (files.empty()) return ok();
    MILLRACE_TRY(journal_->undo()); // before anything is looked at: it may concern the same names
    for (const Step& step : steps)
        if (step.pending() && step.makes()) MILLRACE_TRY(setStrangersAside(step));
    return journal_->begin(removals, std::move(files));
}

Status Topics::commit(std::vector<Step>& steps) {
    std::vector<TopicEntry> entries;
    bool files = false;
    for (const Step& step : steps) {
        if (!step.pending()) continue;
        files = files || step.makes() || step.removes();
        if (!step.removes()) entries.push_back(step.entry);
    }
    return files ? journal_->finish(entries) : journal_->append(entries);
}

void Topics::publishAll(const std::shared_ptr<std::vector<Step>>& steps) {
    const auto open = std::make_shared<std::size_t>(1);
    const auto oneDone = [this, steps, open] {
        if (--*open > 0) return;
        finish(*steps);
        run();
    };
    for (Step& step : *steps) {
        if (!step.pending()) continue;
        publish(step);
        if (!step.removes()) continue;
        ++*open;
        removed_(step.change.name, oneDone);
    }
    oneDone();
}

/// The job stays in front until it was told: what is asked for meanwhile goes behind it, and is begun by run().
void Topics::finish(std::vector<Step>& steps) {
    std::vector<TopicOutcome> outcomes;
    for (Step& step : steps)
        outcomes.push_back(std::move(step.outcome));
    jobs_.front().done(std::move(outcomes));
    jobs_.pop_front();
}

Status Topics::checkNewName(const std::string& name) const {
    MILLRACE_TRY(checkTopicName(name));
    if (const std::string* other = names_.lookalike(name)) return lookalikeError(name, *other);
    return ok();
}

Refusal Topics::checkCreation(const TopicChange& change, const TopicNames& asked) const {
    if (find(change.name)) return {kTopicAlreadyExists, fmt::format("topic {} is there already", change.name)};
    if (auto status = checkNewName(change.name); !status) return {kInvalidTopic, status.error().message};
    if (const std::string* other = asked.lookalike(change.name))
        return {kInvalidTopic, lookalikeError(change.name, *other).message};
    if (isInternalTopic(change.name))
        return {kInvalidTopic, fmt::format("{} is a name that Kafka keeps for itself", change.name)};
    if (change.partitions < 1) return {kInvalidPartitions, "a topic needs at least one partition"};
    return {};
}

/// What cannot be done is found here, with the state that all changes before have left.
Topics::Step Topics::check(const TopicChange& change, TopicNames& asked) {
    Step step;
    step.change = change;
    const auto refuse = [&](std::int16_t error, std::string message) {
        step.outcome.error = error;
        step.outcome.message = std::move(message);
        return step;
    };
    if (!asked.add(change.name))
        return refuse(kInvalidRequest, fmt::format("topic {} appears more than once", change.name));
    step.before = find(change.name);
    step.outcome.topic = step.before;
    if (change.kind == TopicChange::Kind::create) {
        if (Refusal refusal = checkCreation(change, asked); refusal.error != kNone)
            return refuse(refusal.error, std::move(refusal.message));
        step.entry.id.bytes = random_.uuid();
    } else {
        if (!step.before) return refuse(kUnknownTopicOrPartition, fmt::format("there is no topic {}", change.name));
        step.entry.id = step.before->id;
    }
    if (change.kind == TopicChange::Kind::grow &&
        change.partitions <= static_cast<std::int32_t>(step.before->partitions.size()))
        return refuse(kInvalidPartitions,
                      fmt::format("topic {} has {} partitions already", change.name, step.before->partitions.size()));
    constexpr std::int32_t kMaxPartitions = 100'000;
    if (change.partitions > kMaxPartitions)
        return refuse(kInvalidPartitions, fmt::format("at most {} partitions", kMaxPartitions));
    ConfigMap configs = step.before ? step.before->configs : change.configs;
    if (change.kind == TopicChange::Kind::configure) {
        if (Refusal refusal = change.edit(configs); refusal.error != kNone)
            return refuse(refusal.error, std::move(refusal.message));
        if (auto status = settleTopicConfigs(configs); !status) return refuse(kInvalidConfig, status.error().message);
    }
    step.entry.kind = change.kind == TopicChange::Kind::remove ? TopicEntry::removed : TopicEntry::topic;
    step.entry.name = change.name;
    step.entry.partitions = change.kind == TopicChange::Kind::configure || change.kind == TopicChange::Kind::remove
                                ? static_cast<std::int32_t>(step.before->partitions.size())
                                : change.partitions;
    step.entry.setConfigs(configs);
    return step;
}

Status Topics::openPartitions(Step& step) {
    const auto settings = TopicSettings::from(step.entry.configMap(), settings_.configs);
    for (std::int32_t i = step.partitionsBefore(); i < step.change.partitions; ++i) {
        auto partition =
            Partition::open(disk_, directoryOf(step.change.name, i), step.change.name, i, settings.log, log_);
        if (!partition) return partition.error();
        step.opened.push_back(std::move(*partition));
    }
    return ok();
}

Status Topics::setStrangersAside(const Step& step) {
    bool any = false;
    for (std::int32_t i = step.partitionsBefore(); i < step.change.partitions; ++i) {
        const auto directory = directoryOf(step.change.name, i);
        if (!disk_.info(directory)) continue;
        MILLRACE_TRY(setAside(directory));
        any = true;
    }
    // For good, before their names are written down as those of directories that may be removed.
    return any ? disk_.syncDirectory(directory_) : ok();
}

/// A directory that no topic of the journal owns: left by a crash, or put there by somebody. Never mixed with a new
/// topic's data, never deleted.
Status Topics::setAside(const std::filesystem::path& directory) {
    constexpr std::size_t kNameBytes = 200; // leaves room within the 255 of a file name
    const auto name = directory.filename().string().substr(0, kNameBytes);
    auto aside = directory;
    for (int n = 1; disk_.info(aside); ++n)
        aside = directory_ / (name + ".stray." + std::to_string(n));
    log_.warning("", "{} belongs to no topic; moved to {}", directory.string(), aside.string());
    return disk_.rename(directory, aside);
}

void Topics::publish(Step& step) {
    std::shared_ptr<Topic> topic = step.before;
    if (step.change.kind == TopicChange::Kind::remove) {
        byName_.erase(topic->name);
        byId_.erase(topic->id);
        names_.remove(topic->name);
        for (const auto& partition : topic->partitions)
            partition->markGone();
        step.outcome.topic = nullptr;
        // Its log may be in use on another lane for a moment: the files go, who has them open reads on.
        for (const auto& partition : topic->partitions)
            removeBitByBit(disk_, directory_ / fmt::format("{}-{}{}", topic->id.text(), partition->index(), kDeleted),
                           slow_, log_);
        return;
    }
    if (!topic) topic = std::make_shared<Topic>();
    topic->name = step.entry.name;
    topic->id = step.entry.id;
    topic->configs = step.entry.configMap();
    topic->settings = TopicSettings::from(topic->configs, settings_.configs);
    for (const auto& partition : topic->partitions)
        partition->log().setConfig(topic->settings.log);
    for (auto& partition : step.opened)
        topic->partitions.push_back(std::move(partition));
    place(*topic);
    know(topic);
    step.outcome.topic = topic;
}

Status Topics::close() {
    Status result = ok();
    for (const auto& [name, topic] : byName_) {
        for (const auto& partition : topic->partitions) {
            // Without it the next start reads the producers from the log.
            if (Status saved = partition->saveProducers(); !saved)
                log_.warning("", "{}-{}: {}", name, partition->index(), saved.error().message);
            if (Status closed = partition->log().close(); !closed && result) result = std::move(closed);
        }
    }
    return result;
}

} // namespace millrace::broker
