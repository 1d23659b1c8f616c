#include "kafka/connection_config.h"

#include "kafka/java_properties.h"

#include <algorithm>
#include <array>

namespace millrace::kafka {
namespace {

struct Default {
    std::string_view name;
    std::string_view value;
};

// Where the Java client's defaults are others. Latency: nothing waits for more data, a lost broker is tried again at
// once, a new topic is looked up often.
constexpr auto kCommon = std::to_array<Default>({
    {"socket.nagle.disable", "true"},
    {"socket.keepalive.enable", "true"},
    {"reconnect.backoff.ms", "50"},
    {"reconnect.backoff.max.ms", "1000"},
    {"topic.metadata.refresh.fast.interval.ms", "50"},
    {"topic.metadata.refresh.interval.ms", "10000"},
    {"connections.max.idle.ms", "540000"},
    {"log.connection.close", "false"},
    {"log_level", "4"},
});
constexpr auto kProducer = std::to_array<Default>({
    {"partitioner", "murmur2_random"},
    {"linger.ms", "0"},
    {"acks", "all"},
    {"max.in.flight.requests.per.connection", "5"},
    {"delivery.timeout.ms", "120000"},
    {"message.max.bytes", "1048576"},
    {"allow.auto.create.topics", "true"},
});
constexpr auto kConsumer = std::to_array<Default>({
    {"allow.auto.create.topics", "true"},
    {"enable.auto.commit", "false"},
    {"enable.auto.offset.store", "false"},
    {"isolation.level", "read_uncommitted"},
    {"fetch.error.backoff.ms", "100"},
    {"queued.max.messages.kbytes", "32768"},
});

template <std::size_t size>
void apply(const std::array<Default, size>& defaults, ConnectionConfig& config) {
    for (const auto& entry : defaults)
        config.set(entry.name, entry.value);
}

Status applyProperty(const std::string& name, const std::string& value, const JavaProperties& all,
                     ConnectionConfig& config) {
    const JavaProperty* row = findJavaProperty(name);
    if (!row) {
        config.notes.push_back(name + " is not a property of the Kafka client; it has no effect");
        return ok();
    }
    if (!row->appliesTo(config.role)) return ok();
    switch (row->fate) {
    case JavaFate::same:
        config.set(name, value);
        break;
    case JavaFate::renamed:
        config.set(row->target, value);
        break;
    case JavaFate::translated:
        return row->translate(value, all, config);
    case JavaFate::noEffect:
        config.notes.push_back(name + " has no effect here");
        break;
    case JavaFate::impossible:
        return Error{ErrorCode::unsupported, name + " cannot be used here: " + std::string(row->target), false};
    }
    return ok();
}

} // namespace

const std::string* ConnectionConfig::find(std::string_view name) const {
    const auto found =
        std::find_if(settings.begin(), settings.end(), [name](const auto& entry) { return entry.first == name; });
    return found == settings.end() ? nullptr : &found->second;
}

void ConnectionConfig::set(std::string_view name, std::string_view value) {
    const auto found =
        std::find_if(settings.begin(), settings.end(), [name](const auto& entry) { return entry.first == name; });
    if (found == settings.end())
        settings.emplace_back(name, value);
    else
        found->second = value;
}

Result<ConnectionConfig> connectionFromJava(ClientRole role, const std::string& servers,
                                            const JavaProperties& properties) {
    ConnectionConfig config;
    config.role = role;
    config.servers = servers;
    apply(kCommon, config);
    if (role == ClientRole::producer) apply(kProducer, config);
    if (role == ClientRole::consumer) apply(kConsumer, config);
    for (const auto& [name, value] : properties) {
        if (name == "bootstrap.servers") continue;
        MILLRACE_TRY(applyProperty(name, value, properties, config));
    }
    return config;
}

} // namespace millrace::kafka
