#include "broker/consumers/consumer_group.h"

#include "broker/consumers/assignors.h"

#include <algorithm>

namespace millrace::broker {

const ConsumerMember* ConsumerGroup::find(const std::string& memberId) const {
    const auto it = members.find(memberId);
    return it == members.end() ? nullptr : it->second.get();
}

const ConsumerMember* ConsumerGroup::findStatic(const std::string& instanceId) const {
    for (const auto& [id, member] : members)
        if (member->instanceId == instanceId) return member.get();
    return nullptr;
}

void ConsumerGroup::put(ConsumerMember member) {
    std::string id = member.id;
    members[std::move(id)] = std::make_shared<const ConsumerMember>(std::move(member));
}

const char* ConsumerGroup::state() const {
    if (members.empty()) return "Empty";
    if (epoch > assignmentEpoch) return "Assigning";
    const bool reconciled = std::all_of(members.begin(), members.end(), [&](const auto& entry) {
        return entry.second->state == ConsumerMember::State::stable && entry.second->epoch == assignmentEpoch;
    });
    return reconciled ? "Stable" : "Reconciling";
}

std::string ConsumerGroup::assignor() const {
    std::map<std::string_view, int> votes;
    for (const auto& [id, member] : members)
        if (member->assignor) ++votes[*member->assignor];
    const Assignor* favourite = &kAssignors.front();
    for (const Assignor& assignor : kAssignors)
        if (votes[assignor.name] > votes[favourite->name]) favourite = &assignor;
    return std::string(favourite->name);
}

ConsumerChange changeBetween(const ConsumerGroup& before, const ConsumerGroup& after) {
    ConsumerChange change{after.epoch, after.assignmentEpoch, std::nullopt, {}, {}};
    if (before.topics != after.topics) change.topics = after.topics;
    for (const auto& [id, member] : after.members) {
        const auto was = before.members.find(id);
        if (was == before.members.end() || was->second != member) change.members.emplace(id, member);
    }
    for (const auto& [id, member] : before.members)
        if (!after.members.contains(id)) change.gone.insert(id);
    return change;
}

void apply(const ConsumerChange& change, ConsumerGroup& group) {
    group.epoch = change.epoch;
    group.assignmentEpoch = change.assignmentEpoch;
    if (change.topics) group.topics = *change.topics;
    for (const std::string& id : change.gone)
        group.members.erase(id);
    for (const auto& [id, member] : change.members)
        group.members[id] = member;
}

} // namespace millrace::broker
