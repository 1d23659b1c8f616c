#include "broker/topics/topics.h"

#include "broker/topics/change_planner.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

struct Topics::Step {
    bool validateOnly = false;
    TopicDelta delta; ///< empty when it was refused
    TopicOutcome outcome;
    Replicas::OfTopic leaving;                    ///< those of a topic that goes
    std::vector<std::shared_ptr<Partition>> made; ///< those that are new
    bool pending() const { return outcome.error == kNone && !validateOnly; }
    void fail(const Error& error) { outcome = {kStorageError, error.message, nullptr}; }
};

Status Topics::open() {
    MILLRACE_TRY(doors_.disk.makeDirectories(directories_.root()));
    auto journal = TopicJournal::open(doors_.disk, directories_.root() / TopicJournal::kFileName, doors_.log);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    MILLRACE_TRY(directories_.removeRemains(doors_.slow));
    for (const auto& [name, entry] : journal_->topics())
        learn(entry);
    return ok();
}

/// Takes up a topic that was there before.
void Topics::learn(const TopicEntry& entry) {
    const auto topic = std::make_shared<TopicMetadata>();
    topic->name = entry.name;
    topic->id = entry.id;
    topic->configure(entry.configMap(), settings_.configs);
    for (std::int32_t i = 0; i < entry.partitions; ++i) {
        auto replica = directories_.reopen(*topic, i);
        auto& partition = topic->partitions.emplace_back(PartitionMetadata::onOneBroker(settings_.nodeId));
        // No leader is older than the last that has written.
        partition.leaderEpoch = replica->log().leaderEpochs().latest().value_or(partition.leaderEpoch);
        replicas_.add(topic->id, std::move(replica));
    }
    metadata_.put(topic);
    follow(*topic);
}

/// Has the replicas here do as the metadata says.
void Topics::follow(const TopicMetadata& topic) {
    for (const auto& [index, replica] : replicas_.of(topic.id)) {
        replica->log().setConfig(topic.settings.log);
        replica->lead(topic.partition(index)->leaderEpoch);
    }
}

/// What topics leave open is the broker's to say.
void Topics::followSettings() {
    const auto before = metadata_.all();
    for (const auto& [name, topic] : before) {
        const auto after = std::make_shared<TopicMetadata>(*topic);
        after->configure(topic->configs, settings_.configs);
        metadata_.put(after);
        follow(*after);
    }
}

void Topics::changeSettings(std::function<void()> change) {
    this->change({}, [this, apply = std::move(change)](const std::vector<TopicOutcome>&) {
        apply();
        followSettings();
    });
}

void Topics::change(std::vector<TopicChange> changes, Done done) {
    jobs_.push_back({std::move(changes), std::move(done)});
    if (jobs_.size() == 1) run();
}

/// What cannot be done is found here, with the state that all changes before have left.
Topics::Steps Topics::planned(const std::vector<TopicChange>& changes) const {
    Steps steps;
    ChangePlanner planner(metadata_, settings_, doors_.random);
    for (const TopicChange& change : changes) {
        Step& step = steps.emplace_back();
        step.validateOnly = change.validateOnly;
        auto planned = planner.plan(change);
        if (auto* refusal = std::get_if<Refusal>(&planned))
            step.outcome = {refusal->error, std::move(refusal->message), nullptr};
        else
            step.delta = std::move(std::get<TopicDelta>(planned));
        if (step.delta.removes()) step.leaving = replicas_.of(step.delta.before->id);
    }
    return steps;
}

void Topics::run() {
    while (!jobs_.empty()) {
        const auto steps = std::make_shared<Steps>(planned(jobs_.front().changes));
        if (std::any_of(steps->begin(), steps->end(), [](const Step& step) { return step.pending(); }))
            return doors_.slow.post([this, steps] {
                work(*steps);
                doors_.loop.post([this, steps] { publishAll(steps); });
            });
        finish(*steps);
    }
}

/// The part that waits for the disk.
void Topics::work(Steps& steps) {
    if (auto begun = begin(steps); !begun) {
        for (Step& step : steps)
            if (step.pending()) step.fail(begun.error());
        return;
    }
    retireLeaving(steps);
    const Status made = makeNew(steps);
    const Status done = made ? commit(steps) : made;
    if (!done) takeBack(steps, done.error());
}

Status Topics::begin(const Steps& steps) {
    std::vector<TopicEntry> removals;
    std::vector<storage::FileStep> files;
    for (const Step& step : steps) {
        if (!step.pending() || !step.delta.touchesFiles()) continue;
        files.push_back(TopicDirectories::stepOf(step.delta));
        if (step.delta.removes()) removals.push_back(TopicEntry::of(*step.delta.before, TopicEntry::removed));
    }
    if (files.empty()) return ok();
    MILLRACE_TRY(journal_->undo()); // before anything is looked at: it may concern the same names
    for (const Step& step : steps)
        if (step.pending() && step.delta.makesPartitions()) MILLRACE_TRY(directories_.setStrangersAside(step.delta));
    return journal_->begin(removals, std::move(files));
}

/// Before their directories go, whose names the next topic may have: work of other lanes may still be on its way.
void Topics::retireLeaving(const Steps& steps) {
    for (const Step& step : steps)
        if (step.pending())
            for (const auto& [index, replica] : step.leaving)
                replica->sharedLog()->retire();
}

Status Topics::makeNew(Steps& steps) const {
    for (Step& step : steps) {
        if (!step.pending() || !step.delta.makesPartitions()) continue;
        auto made = directories_.makeNew(step.delta);
        if (!made) return made.error();
        step.made = std::move(*made);
    }
    return ok();
}

Status Topics::commit(const Steps& steps) {
    std::vector<TopicEntry> entries;
    bool files = false;
    for (const Step& step : steps) {
        if (!step.pending()) continue;
        files = files || step.delta.touchesFiles();
        if (!step.delta.removes()) entries.push_back(TopicEntry::of(*step.delta.after, TopicEntry::topic));
    }
    return files ? journal_->finish(entries) : journal_->append(entries);
}

/// A topic whose removal was written down is gone, wherever its files are for now; all else is refused.
void Topics::takeBack(Steps& steps, const Error& why) {
    bool refused = false;
    for (Step& step : steps) {
        if (!step.pending() || step.delta.removes()) continue;
        step.made.clear();
        step.fail(why);
        refused = true;
    }
    if (!refused) doors_.log.warning("", "{}", why.message);
    const Status undone = journal_->undo();
    if (undone) return;
    doors_.log.error("", "{}", undone.error().message);
    for (Step& step : steps) // a removal whose files have not moved yet may be none after the next start
        if (step.pending()) step.fail(undone.error());
}

void Topics::publishAll(const std::shared_ptr<Steps>& steps) {
    const auto open = std::make_shared<std::size_t>(1);
    const auto oneDone = [this, steps, open] {
        if (--*open > 0) return;
        finish(*steps);
        run();
    };
    for (Step& step : *steps) {
        if (!step.pending()) continue;
        publish(step);
        if (!step.delta.removes()) continue;
        ++*open;
        removed_(step.delta.before->name, oneDone);
    }
    oneDone();
}

void Topics::publish(Step& step) {
    if (step.delta.removes()) return forget(step);
    const auto& topic = step.delta.after;
    for (auto& replica : step.made)
        replicas_.add(topic->id, std::move(replica));
    metadata_.put(topic);
    follow(*topic);
    step.outcome.topic = topic;
}

void Topics::forget(const Step& step) {
    const TopicMetadata& gone = *step.delta.before;
    metadata_.remove(gone.name);
    replicas_.remove(gone.id);
    for (const auto& [index, replica] : step.leaving)
        directories_.removeMoved(gone, *replica, doors_.slow);
}

/// The job stays in front until it was told: what is asked for meanwhile goes behind it, and is begun by run().
void Topics::finish(Steps& steps) {
    std::vector<TopicOutcome> outcomes;
    for (Step& step : steps)
        outcomes.push_back(std::move(step.outcome));
    jobs_.front().done(std::move(outcomes));
    jobs_.pop_front();
}

} // namespace millrace::broker
