#include "broker/groups/consumer_protocol.h"

#include "wire/reader.h"

namespace millrace::broker {

namespace {

/// ConsumerProtocolAssignment; later versions only add behind.
struct Assignment {
    struct Topic {
        std::string name;
        std::vector<std::int32_t> partitions;
        static void fields(auto& io, auto& self, wire::Version) {
            io.field(self.name);
            io.field(self.partitions);
        }
    };
    std::int16_t version = 0;
    std::vector<Topic> topics;
    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.version);
        io.field(self.topics);
    }
};

/// ConsumerProtocolSubscription; likewise.
struct Subscription {
    std::int16_t version = 0;
    std::vector<std::string> topics;
    static void fields(auto& io, auto& self, wire::Version) {
        io.field(self.version);
        io.field(self.topics);
    }
};

} // namespace

std::vector<AssignedTopic> decodeAssignment(const Bytes& bytes) {
    wire::Reader reader(bytes, 0, false);
    Assignment assignment;
    reader.field(assignment);
    std::vector<AssignedTopic> list;
    if (!reader.status()) return list;
    for (auto& topic : assignment.topics)
        list.push_back({std::move(topic.name), std::move(topic.partitions)});
    return list;
}

std::optional<std::vector<std::string>> decodeSubscription(const Bytes& metadata) {
    wire::Reader reader(metadata, 0, false);
    Subscription subscription;
    reader.field(subscription);
    if (!reader.status()) return std::nullopt;
    return std::move(subscription.topics);
}

} // namespace millrace::broker
