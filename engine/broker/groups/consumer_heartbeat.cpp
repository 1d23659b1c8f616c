// Groups of the consumer protocol: what broker/consumers judges is written down, done and timed here.
#include "broker/common/call.h"
#include "broker/groups/group_coordinator.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

wire::ConsumerGroupHeartbeatResponse refusedHeartbeat(const wire::ConsumerGroupHeartbeatRequest& request,
                                                      std::int16_t error, std::string message) {
    wire::ConsumerGroupHeartbeatResponse response;
    response.errorCode = error;
    response.errorMessage = std::move(message);
    response.memberId = request.memberId;
    response.memberEpoch = request.memberEpoch;
    return response;
}

wire::ConsumerGroupHeartbeatResponse::Assignment told(const PartitionIds& assigned) {
    wire::ConsumerGroupHeartbeatResponse::Assignment assignment;
    for (const auto& [topic, index] : assigned) {
        auto& topics = assignment.topicPartitions;
        if (topics.empty() || topics.back().topicId != topic) topics.push_back({topic, {}});
        topics.back().partitions.push_back(index);
    }
    return assignment;
}

} // namespace

wire::ConsumerGroupHeartbeatResponse GroupCoordinator::heartbeat(const wire::ConsumerGroupHeartbeatRequest& request,
                                                                 const Call& call) {
    if (auto wrong = checkHeartbeat(request, call.version); wrong.error)
        return refusedHeartbeat(request, wrong.error, std::move(wrong.message));
    auto named = request;
    if (named.memberId.empty()) named.memberId = wire::Uuid{random_.uuid()}.text();
    const Group* known = find(request.groupId);
    if (known && !known->consumers && !known->deserted())
        return refusedHeartbeat(request, kGroupIdNotFound,
                                "Group " + request.groupId +
                                    " is not a consumer group: it has members of the classic protocol, stop those "
                                    "first or join with group.protocol=classic");
    static const ConsumerGroup kNobody;
    const ConsumerRules rules{topics_, !known || known->topicsSeen != topics_.revision(), settings_.consumerMaxSize};
    auto verdict = judgeHeartbeat(known && known->consumers ? *known->consumers : kNobody,
                                  {named, call.clientId, call.connection->clientHost}, rules);
    if (verdict.error) return refusedHeartbeat(named, verdict.error, std::move(verdict.message));
    if (verdict.next)
        if (const auto error = adopt(request.groupId, std::move(*verdict.next)))
            return refusedHeartbeat(named, error, "the change cannot be kept: the log of the broker says why");

    wire::ConsumerGroupHeartbeatResponse response;
    response.memberId = named.memberId;
    response.memberEpoch = request.memberEpoch;
    Group& group = *find(request.groupId);
    const ConsumerMember* member = group.consumers->find(named.memberId);
    if (member) watch(group, *member);
    if (request.memberEpoch < 0) return response;
    group.topicsSeen = topics_.revision();
    response.memberEpoch = member->epoch;
    response.heartbeatIntervalMs = static_cast<std::int32_t>(settings_.consumerHeartbeat.count());
    if (verdict.tellsAssignment) response.assignment = told(member->assigned);
    return response;
}

std::int16_t GroupCoordinator::adopt(const std::string& groupId, ConsumerGroup next) {
    const Group* known = find(groupId);
    const bool anew = !known || !known->consumers;
    const ConsumerChange change = anew ? changeBetween({}, next) : changeBetween(*known->consumers, next);
    const bool leaves = next.members.empty() && (anew || !known->consumers->members.empty());
    const EpochMs emptySince = leaves || !known ? clock_.epochMs() : known->emptySince;
    auto contents = encodedConsumers(groupId, change, emptySince, anew);
    Status kept = contents ? journal_->append(std::move(*contents)) : Status(contents.error());
    if (!kept) {
        log_.error("", "group {}: its members cannot be kept: {}", groupId, kept.error().message);
        return kept.error().code == ErrorCode::outOfRange ? kUnknownServerError : kCoordinatorNotAvailable;
    }
    Group& group = obtain(groupId);
    if (anew) becomeConsumers(group);
    group.emptySince = emptySince;
    group.consumers = std::move(next);
    for (const std::string& gone : change.gone)
        unwatch(group, gone);
    written();
    return kNone;
}

/// Nobody is in it. Its offsets stay.
void GroupCoordinator::becomeConsumers(Group& group) {
    clock_.cancel(std::exchange(group.rebalance, 0));
    group.state = GroupState::empty;
    group.protocolType = "consumer";
    group.protocol.reset();
    group.leader.reset();
    group.kept = {};
}

/// Likewise. Generations go on where epochs have ended.
void GroupCoordinator::becomeClassic(Group& group) {
    group.generation = std::max(group.generation, group.consumers->epoch);
    group.consumers.reset();
}

void GroupCoordinator::watch(Group& group, const ConsumerMember& member) {
    ConsumerTimers& timers = group.timers[member.id];
    timers.deadline = clock_.now() + settings_.consumerSession;
    if (timers.session == 0)
        timers.session =
            clock_.at(timers.deadline, [this, group = group.id, id = member.id] { checkConsumer(group, id); });
    const bool revokes = member.state == ConsumerMember::State::unrevoked;
    if (revokes && timers.revocation != 0 && timers.revokesIn == member.epoch) return;
    clock_.cancel(std::exchange(timers.revocation, 0));
    if (!revokes) return;
    timers.revokesIn = member.epoch;
    timers.revocation = clock_.after(std::chrono::milliseconds(member.rebalanceTimeoutMs),
                                     [this, group = group.id, id = member.id] { revocationTimeIsUp(group, id); });
}

void GroupCoordinator::unwatch(Group& group, const std::string& memberId) {
    const auto timers = group.timers.extract(memberId);
    if (!timers) return;
    clock_.cancel(timers.mapped().session);
    clock_.cancel(timers.mapped().revocation);
}

void GroupCoordinator::checkConsumer(const std::string& groupId, const std::string& memberId) {
    Group* group = find(groupId);
    if (!group || !group->timers.contains(memberId)) return;
    ConsumerTimers& timers = group->timers[memberId];
    // Heartbeats only move the deadline.
    const auto next = timers.deadline > clock_.now() ? timers.deadline : clock_.now() + settings_.consumerSession;
    timers.session = clock_.at(next, [this, groupId, memberId] { checkConsumer(groupId, memberId); });
    if (timers.deadline > clock_.now()) return;
    log_.info("", "group {}: member {} was silent for {} ms and is removed", groupId, memberId,
              settings_.consumerSession.count());
    removeConsumer(*group, memberId);
}

void GroupCoordinator::revocationTimeIsUp(const std::string& groupId, const std::string& memberId) {
    Group* group = find(groupId);
    if (!group || !group->timers.contains(memberId)) return;
    group->timers[memberId].revocation = 0;
    log_.info("", "group {}: member {} did not give up its partitions in time and is removed", groupId, memberId);
    removeConsumer(*group, memberId);
}

/// Where that cannot be written down it stays, and is tried again when its session would be over once more.
void GroupCoordinator::removeConsumer(Group& group, const std::string& memberId) {
    (void)adopt(std::string(group.id), withoutMember(*group.consumers, memberId));
}

} // namespace millrace::broker
