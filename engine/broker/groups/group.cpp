#include "broker/groups/group.h"

#include <algorithm>
#include <iterator>

namespace millrace::broker {

const char* toString(GroupState state) {
    switch (state) {
    case GroupState::empty:
        return "Empty";
    case GroupState::preparingRebalance:
        return "PreparingRebalance";
    case GroupState::completingRebalance:
        return "CompletingRebalance";
    case GroupState::stable:
        return "Stable";
    case GroupState::dead:
        return "Dead";
    }
    return "Dead";
}

void Member::assign(Bytes bytes, bool ofConsumer) {
    // Read once a generation here rather than once for each of those who look at the group.
    assigned = ofConsumer ? decodeAssignment(bytes) : std::vector<AssignedTopic>();
    assignment = std::move(bytes);
}

const Bytes* Member::metadataFor(const std::string& protocol) const {
    for (const Protocol& own : protocols)
        if (own.name == protocol) return &own.metadata;
    return nullptr;
}

Member* Group::find(const std::string& memberId) const {
    for (const auto& member : members)
        if (member->id == memberId) return member.get();
    return nullptr;
}

Member* Group::findStatic(const std::string& instanceId) const {
    for (const auto& member : members)
        if (member->instanceId == instanceId) return member.get();
    return nullptr;
}

std::chrono::milliseconds Group::rebalanceTimeout() const {
    std::chrono::milliseconds largest{0};
    for (const auto& member : members)
        largest = std::max(largest, member->rebalanceTimeout);
    return largest;
}

std::vector<std::string> Group::commonProtocols() const {
    std::vector<std::string> common;
    if (members.empty()) return common;
    for (const Member::Protocol& protocol : members.front()->protocols)
        if (std::all_of(members.begin(), members.end(), [&](const auto& m) { return m->metadataFor(protocol.name); }))
            common.push_back(protocol.name);
    return common;
}

std::string Group::electProtocol() const {
    const auto common = commonProtocols();
    std::map<std::string, int> votes;
    for (const auto& member : members) {
        const auto favourite =
            std::find_if(member->protocols.begin(), member->protocols.end(), [&](const auto& protocol) {
                return std::find(common.begin(), common.end(), protocol.name) != common.end();
            });
        if (favourite != member->protocols.end()) ++votes[favourite->name];
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == votes.end() ? std::string() : most->first;
}

bool Group::supports(const std::string& type, const std::vector<Member::Protocol>& protocols,
                     const std::string& exceptMember) const {
    if (type.empty() || protocols.empty()) return false;
    const bool alone =
        std::all_of(members.begin(), members.end(), [&](const auto& m) { return m->id == exceptMember; });
    if (alone) return members.empty() || type == protocolType || members.size() == 1;
    if (type != protocolType) return false;
    return std::any_of(protocols.begin(), protocols.end(), [&](const auto& protocol) {
        return std::all_of(members.begin(), members.end(),
                           [&](const auto& m) { return m->id == exceptMember || m->metadataFor(protocol.name); });
    });
}

std::optional<std::set<std::string>> Group::subscribedTopics() const {
    std::set<std::string> topics;
    if (!hasMembers()) return topics;
    if (consumers) {
        for (const auto& [name, shape] : consumers->topics)
            topics.insert(name);
        for (const auto& [id, member] : consumers->members)
            topics.insert(member->topics.begin(), member->topics.end());
        return topics;
    }
    if (!ofConsumers() || !protocol) return std::nullopt;
    for (const auto& member : members) {
        const Bytes* metadata = member->metadataFor(*protocol);
        auto wanted = metadata ? decodeSubscription(*metadata) : std::nullopt;
        if (!wanted) return std::nullopt;
        topics.insert(std::make_move_iterator(wanted->begin()), std::make_move_iterator(wanted->end()));
    }
    return topics;
}

} // namespace millrace::broker
