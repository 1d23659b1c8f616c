#include "broker/support/consumer_model.h"

#include "base/bytes.h"
#include "broker/groups/group_entries.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker::testing {

namespace {

using Request = wire::ConsumerGroupHeartbeatRequest;

/// The topics as they are before one has grown, and after it.
struct Cluster {
    explicit Cluster(std::size_t partitions) {
        auto topic = std::make_shared<TopicMetadata>();
        topic->name = "t";
        topic->id.bytes[0] = 1;
        topic->partitions.assign(partitions, PartitionMetadata::onOneBroker(0));
        metadata.put(topic);
    }
    ClusterMetadata metadata;
    TopicView view{metadata};
};

const Cluster& clusterOf(int size) {
    static const std::array<Cluster, 2> all{Cluster(2), Cluster(3)};
    return all.at(static_cast<std::size_t>(size));
}

bool within(const PartitionIds& some, const PartitionIds& all) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

PartitionIds both(PartitionIds some, const PartitionIds& more) {
    some.insert(more.begin(), more.end());
    return some;
}

std::string spelled(const PartitionIds& ids) {
    std::string text;
    for (const auto& [topic, index] : ids)
        text += std::to_string(index);
    return text;
}

/// As a coordinator that has died and read its journal again knows it.
ConsumerGroup readAgain(const ConsumerGroup& before, const ConsumerGroup& after) {
    ConsumerGroup again = before;
    EntryReader reader;
    reader.consumers = [&](const ConsumerEntry& entry) { apply(changeOf(entry), again); };
    const auto contents = encodedConsumers("g", changeBetween(before, after), 0, false);
    for (const auto& content : *contents)
        (void)reader.read(content);
    return again;
}

bool same(const ConsumerGroup& a, const ConsumerGroup& b) {
    return a.epoch == b.epoch && a.assignmentEpoch == b.assignmentEpoch && a.topics == b.topics &&
           std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(),
                      [](const auto& x, const auto& y) { return *x.second == *y.second; });
}

} // namespace

ConsumerModel::ConsumerModel(const Bounds& bounds) : bounds_(&bounds) {
    for (const int joins : bounds.joins)
        clients_.push_back({joins, bounds.expiries});
}

std::string ConsumerModel::idOf(int number) const {
    return fmt::format("{}.{}", number, clients_[static_cast<std::size_t>(number)].incarnation);
}

Request ConsumerModel::requestOf(int number, bool saysWhatItHas) const {
    const Client& client = clients_[static_cast<std::size_t>(number)];
    Request request;
    request.groupId = "g";
    request.memberId = idOf(number);
    request.memberEpoch = client.epoch;
    if (isStatic(number)) request.instanceId = "instance";
    if (client.epoch == 0 || client.lost) {
        request.rebalanceTimeoutMs = 1000;
        request.subscribedTopicNames = {"t"};
    }
    if (!saysWhatItHas && client.epoch != 0) return request;
    auto& topics = request.topicPartitions.emplace();
    if (client.epoch == 0) return request;
    for (const auto& [topic, index] : client.owned)
        topics.push_back({topic, {index}});
    return request;
}

void ConsumerModel::adopt(const ConsumerGroup& next) {
    if (next.epoch < group_.epoch || next.assignmentEpoch < group_.assignmentEpoch) broken_ = "an epoch went back";
    if (!same(readAgain(group_, next), next)) broken_ = "the journal says something else";
    group_ = next;
}

HeartbeatVerdict ConsumerModel::send(const Request& request) {
    auto verdict = judgeHeartbeat(group_, {request, "client", "host"}, {clusterOf(size_).view});
    if (verdict.next) adopt(*verdict.next);
    return verdict;
}

void ConsumerModel::hear(int number, const HeartbeatVerdict& verdict) {
    Client& client = clients_[static_cast<std::size_t>(number)];
    if (verdict.error) { // it gives up all, and joins anew
        client.owned.clear();
        client.told.reset();
        client.epoch = 0;
        client.lost = false;
        return;
    }
    const ConsumerMember& member = *group_.find(idOf(number));
    if (member.epoch < client.epoch) broken_ = "a member's epoch went back";
    client.epoch = member.epoch;
    client.lost = false;
    if (verdict.tellsAssignment) client.told = member.assigned;
}

void ConsumerModel::beat(int number, bool saysWhatItHas, bool answerComes) {
    Client& client = clients_[static_cast<std::size_t>(number)];
    if (!client.in) {
        --client.joinsLeft;
        client.in = true;
        client.epoch = 0;
        if (std::exchange(client.away, false)) ++client.incarnation;
    }
    const auto verdict = send(requestOf(number, saysWhatItHas));
    if (answerComes)
        hear(number, verdict);
    else
        client.lost = true;
}

void ConsumerModel::leave(int number, std::int32_t how) {
    Client& client = clients_[static_cast<std::size_t>(number)];
    Request request = requestOf(number, false);
    request.memberEpoch = how;
    (void)send(request);
    client.in = false;
    client.away = how == ConsumerMember::kAway;
    client.lost = false;
    client.epoch = 0;
    client.owned.clear();
    client.told.reset();
}

void ConsumerModel::expire(int number) {
    Client& client = clients_[static_cast<std::size_t>(number)];
    --client.expiriesLeft;
    adopt(withoutMember(group_, idOf(number)));
}

void ConsumerModel::follow(int number) {
    Client& client = clients_[static_cast<std::size_t>(number)];
    client.owned = *std::exchange(client.told, std::nullopt);
}

bool ConsumerModel::isMember(int number) const {
    const Client& client = clients_[static_cast<std::size_t>(number)];
    return client.in && client.epoch > 0 && group_.find(idOf(number));
}

void ConsumerModel::addStepsOf(int number, Steps& all) const {
    const Client& client = clients_[static_cast<std::size_t>(number)];
    const auto step = [&](const char* what, auto change) {
        auto& [name, after] = all.emplace_back(fmt::format("client {} {}", number, what), *this);
        change(after);
    };
    const bool known = group_.find(idOf(number)) != nullptr;
    if (known && client.expiriesLeft > 0) step("is silent for too long", [=](auto& m) { m.expire(number); });
    if (!client.in && client.joinsLeft == 0) return;
    const bool lossy = bounds_->answersAreLost;
    step("says what it has", [=](auto& m) { m.beat(number, true, true); });
    if (lossy) step("says what it has, the answer is lost", [=](auto& m) { m.beat(number, true, false); });
    if (!client.in || client.epoch == 0) return;
    if (!client.lost) step("is alive", [=](auto& m) { m.beat(number, false, true); });
    // Who waits for an answer does not do what an older one has told.
    if (client.told && !client.lost) step("does as it was told", [=](auto& m) { m.follow(number); });
    step("leaves", [=](auto& m) { m.leave(number, ConsumerMember::kLeaving); });
    if (isStatic(number)) step("goes for a while", [=](auto& m) { m.leave(number, ConsumerMember::kAway); });
}

std::vector<std::pair<std::string, ConsumerModel>> ConsumerModel::steps() const {
    Steps all;
    for (int number = 0; number < static_cast<int>(clients_.size()); ++number)
        addStepsOf(number, all);
    if (size_ == 0 && bounds_->grows) {
        all.emplace_back("the topic grows", *this);
        all.back().second.size_ = 1;
    }
    return all;
}

/// Epochs count only by how far they are behind the group's.
std::string ConsumerModel::key() const {
    const auto behind = [&](std::int32_t epoch) { return epoch > 0 ? group_.epoch - epoch : -1 + epoch; };
    std::string text = fmt::format("{} {} {}|", size_, behind(group_.assignmentEpoch),
                                   group_.topics.empty() ? 0 : group_.topics.begin()->second.partitions);
    for (const auto& [id, member] : group_.members)
        text += fmt::format("{} {} {} {} {};{};{}|", id, behind(member->epoch), behind(member->previousEpoch),
                            static_cast<int>(member->state), spelled(member->assigned), spelled(member->revoking),
                            spelled(member->target));
    for (const Client& client : clients_)
        text += fmt::format("{}{}{}{}{}{} {} {};{}|", client.joinsLeft, client.expiriesLeft, client.incarnation,
                            client.in, client.away, client.lost, behind(client.epoch), spelled(client.owned),
                            client.told ? spelled(*client.told) : "-");
    return text + broken_;
}

std::string ConsumerModel::heldTwice() const {
    PartitionIds held, read;
    for (const auto& [id, member] : group_.members) {
        if (member->epoch > group_.assignmentEpoch) return "a member is ahead of its group";
        for (const PartitionId& partition : both(member->assigned, member->revoking))
            if (!held.insert(partition).second) return "the group has given a partition to two";
    }
    for (int number = 0; number < static_cast<int>(clients_.size()); ++number) {
        if (!isMember(number)) continue; // it has given up, or is out and will hear of it
        const Client& client = clients_[static_cast<std::size_t>(number)];
        const ConsumerMember& member = *group_.find(idOf(number));
        if (!within(client.owned, both(member.assigned, member.revoking))) return "one reads what it may not";
        for (const PartitionId& partition : client.owned)
            if (!read.insert(partition).second) return "two read the same partition";
    }
    return {};
}

/// Nobody comes or goes any more, and all answers arrive.
void ConsumerModel::comeToRest() {
    constexpr int kRounds = 10;
    std::string before;
    for (int round = 0; round < kRounds && before != key(); ++round) {
        before = key();
        for (int number = 0; number < static_cast<int>(clients_.size()); ++number) {
            const Client& client = clients_[static_cast<std::size_t>(number)];
            const ConsumerMember* member = group_.find(idOf(number));
            if (!client.in && member) adopt(withoutMember(group_, idOf(number)));
            if (!client.in) continue;
            if (client.epoch == 0 && member && member->state == ConsumerMember::State::unrevoked)
                adopt(withoutMember(group_, idOf(number))); // what it joins with is refused until its session is over
            beat(number, true, true);
            if (client.told) follow(number);
        }
    }
}

std::string ConsumerModel::unrestful() const {
    ConsumerModel later = *this;
    later.comeToRest();
    if (!later.broken_.empty()) return later.broken_;
    if (later.group_.members.empty()) return {};
    if (std::string_view(later.group_.state()) != "Stable") return "it does not come to rest";
    std::size_t read = 0;
    for (const Client& client : later.clients_)
        read += client.in ? client.owned.size() : 0;
    if (read != static_cast<std::size_t>(later.size_ + 2)) return "not every partition is read in the end";
    return {};
}

std::string ConsumerModel::wrong() const {
    if (!broken_.empty()) return broken_;
    if (std::string what = heldTwice(); !what.empty()) return what;
    return unrestful();
}

bool ConsumerModel::isShared() const {
    return group_.members.size() >= 2 && std::string_view(group_.state()) == "Stable";
}

} // namespace millrace::broker::testing
