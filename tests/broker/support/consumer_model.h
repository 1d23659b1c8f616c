#pragma once

#include "broker/consumers/consumer_group.h"
#include "broker/consumers/judge_heartbeat.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace millrace::broker::testing {

/// A group of the consumer protocol, its clients, a topic that grows, and a network that loses answers; a client whose
/// answer is lost does not do what an older one has told it before it has heard again. What is decided
/// here, judgeHeartbeat() decides; each change goes through the journal's form, so that a coordinator that dies at any
/// moment knows what this one knows.
class ConsumerModel {
public:
    /// How often each client may join for the first time or after it has left; more than these find no more.
    struct Bounds {
        std::vector<int> joins{};
        bool firstIsStatic = false;
        bool answersAreLost = false;
        int expiries = 0; ///< of each
        bool grows = true;
    };
    explicit ConsumerModel(const Bounds& bounds);

    std::vector<std::pair<std::string, ConsumerModel>> steps() const;
    std::string key() const;
    /// What must never be and is; empty when nothing is.
    std::string wrong() const;
    bool isShared() const; ///< by two or more, and nothing moves

private:
    struct Client {
        int joinsLeft = 0;
        int expiriesLeft = 0;
        int incarnation = 0; ///< of a static one: each has a member id of its own
        bool in = false;     ///< it believes so, or is about to
        bool away = false;   ///< a static one that comes back
        bool lost = false;   ///< its last answer did not come
        std::int32_t epoch = 0;
        PartitionIds owned;               ///< that it reads
        std::optional<PartitionIds> told; ///< that it was told, and has not followed yet
    };
    using Steps = std::vector<std::pair<std::string, ConsumerModel>>;

    std::string idOf(int number) const;
    bool isStatic(int number) const { return bounds_->firstIsStatic && number == 0; }
    wire::ConsumerGroupHeartbeatRequest requestOf(int number, bool saysWhatItHas) const;
    void adopt(const ConsumerGroup& next);
    HeartbeatVerdict send(const wire::ConsumerGroupHeartbeatRequest& request);
    void hear(int number, const HeartbeatVerdict& verdict);
    void beat(int number, bool saysWhatItHas, bool answerComes);
    void leave(int number, std::int32_t how);
    void expire(int number);
    void follow(int number);
    void comeToRest();
    bool isMember(int number) const; ///< it is in the group in its own eyes and the group's
    void addStepsOf(int number, Steps& all) const;
    std::string heldTwice() const;
    std::string unrestful() const;

    const Bounds* bounds_;
    ConsumerGroup group_;
    std::vector<Client> clients_;
    int size_ = 0; ///< of the topic: before it has grown, after it
    std::string broken_;
};

} // namespace millrace::broker::testing
