#pragma once

#include "broker/cluster/topic_metadata.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace millrace::broker {

/// Why something cannot be done: Kafka's error number (0: it can) and a sentence.
struct Refusal {
    std::int16_t error = 0;
    std::string message;
};

/// Makes of the configs that a topic sets itself those that it shall set, or says why not.
using ConfigEdit = std::function<Refusal(ConfigMap&)>;

struct CreateTopic {
    std::string name;
    std::int32_t partitions = 1;
    ConfigMap configs{}; ///< all the topic shall set itself, settled
};
struct GrowTopic {
    std::string name;
    std::int32_t partitions = 0; ///< all it shall have then
};
struct RemoveTopic {
    std::string name;
};
struct ConfigureTopic {
    std::string name;
    ConfigEdit edit; ///< meets the configs that all changes before have left
};

/// One wish about one topic.
struct TopicChange {
    std::variant<CreateTopic, GrowTopic, RemoveTopic, ConfigureTopic> wish;
    bool validateOnly = false;

    const std::string& topic() const {
        return std::visit([](const auto& some) -> const std::string& { return some.name; }, wish);
    }
};

/// What became of it: Kafka's error number and a sentence, and the topic as the change has made it (null where none was
/// made, and after a removal).
struct TopicOutcome {
    std::int16_t error = 0;
    std::string message;
    std::shared_ptr<const TopicMetadata> topic;
};

/// What a wish comes to, whichever it is: the topic as it was and as it is to be. What has to become of files and
/// replicas follows from the difference.
struct TopicDelta {
    std::shared_ptr<const TopicMetadata> before; ///< null: it is new
    std::shared_ptr<const TopicMetadata> after;  ///< null: it goes

    /// Precondition for all but removes(): one of both is there.
    const TopicMetadata& topic() const { return after ? *after : *before; }
    bool removes() const { return before && !after; }
    /// The partitions that are new are those from firstNew() to before end().
    std::int32_t firstNew() const { return before ? before->partitionCount() : 0; }
    std::int32_t end() const { return after ? after->partitionCount() : 0; }
    bool makesPartitions() const { return end() > firstNew(); }
    bool touchesFiles() const { return removes() || makesPartitions(); }
};

} // namespace millrace::broker
