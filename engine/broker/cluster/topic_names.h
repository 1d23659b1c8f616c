#pragma once

#include "base/result.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace millrace::broker {

/// Kafka's rule: 1 to 249 of [a-zA-Z0-9._-], not "." and not "..". The error says what is wrong with the name.
Status checkTopicName(std::string_view name);
/// Names by which Kafka keeps its own state; clients may not create or write them.
bool isInternalTopic(std::string_view name);
/// Why there cannot be a topic `name` beside `other`.
Error lookalikeError(const std::string& name, const std::string& other);

/// Names of topics, and which of them look alike: Kafka writes '.' as '_' in the names of its metrics, so it has no two
/// topics that differ in that alone (org.apache.kafka.common.internals.Topic).
class TopicNames {
public:
    /// Returns whether it is new.
    bool add(const std::string& name) { return names_.insert(keyOf(name)).second; }
    void remove(const std::string& name) { names_.erase(keyOf(name)); }
    /// Another name that differs from this one in '.' and '_' only; null when there is none.
    const std::string* lookalike(const std::string& name) const;

private:
    using Key = std::pair<std::string, std::string>; ///< with '_' for every '.', as it is
    static Key keyOf(const std::string& name);

    std::set<Key> names_;
};

} // namespace millrace::broker
