#pragma once

#include "base/result.h"
#include "base/thread_clock.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::kafka {

enum class ClientRole { producer, consumer, admin };

/// Client properties by the Java client's names, as a Flume file has them ("acks", "sasl.jaas.config").
using JavaProperties = std::map<std::string, std::string, std::less<>>;

/// How to reach a cluster, in librdkafka's own names, ready to be handed to Producer, Consumer or Admin.
struct ConnectionConfig {
    ClientRole role = ClientRole::admin;
    std::string servers;
    std::vector<std::pair<std::string, std::string>> settings;
    /// Properties that are accepted and change nothing here, one sentence each: information for the user.
    std::vector<std::string> notes;
    ThreadClock* clock = &systemThreadClock(); ///< by which our own waits for brokers end; librdkafka has its own

    const std::string* find(std::string_view name) const;
    /// Replaces or adds one of librdkafka's settings.
    void set(std::string_view name, std::string_view value);
};

/// Translates by the table in java_properties.cpp. What is not given gets the Java client's default where the two
/// libraries differ (murmur2, linger.ms 0, auto-creation on), and the settings that make one event travel at once. An
/// Error names the property and what to do instead.
Result<ConnectionConfig> connectionFromJava(ClientRole role, const std::string& servers,
                                            const JavaProperties& properties);

} // namespace millrace::kafka
