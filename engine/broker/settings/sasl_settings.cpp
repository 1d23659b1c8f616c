#include "broker/settings/sasl_settings.h"

#include "broker/settings/config_items.h"
#include "java/jaas.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::broker {

namespace {

constexpr std::string_view kMechanisms[] = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"};
constexpr std::string_view kJaas = "sasl.jaas.config", kPlainJaas = "plain.sasl.jaas.config", kUser = "user_";

Error refused(std::string message) {
    return {ErrorCode::invalidArgument, std::move(message)};
}

Status checkMechanisms(const std::vector<std::string>& mechanisms, const std::string& prefix) {
    const auto offered = [](const std::string& name) { return std::ranges::count(kMechanisms, name) > 0; };
    if (!mechanisms.empty() && std::ranges::all_of(mechanisms, offered)) return ok();
    return refused(fmt::format("sasl.enabled.mechanisms = {}: this broker offers {}; name those that clients may use, "
                               "or set {}sasl.enabled.mechanisms for this listener alone",
                               fmt::join(mechanisms, ","), fmt::join(kMechanisms, ", "), prefix));
}

Result<std::map<std::string, std::string>> plainUsers(const std::string& text, const std::string& prefix) {
    std::map<std::string, std::string> users;
    if (text.empty()) return users;
    const auto entry = java::parseJaas(text);
    if (!entry) return entry.error().in(prefix + std::string(kJaas));
    if (!entry->loginModule.ends_with("PlainLoginModule")) return users;
    for (const auto& [key, value] : entry->options) {
        if (!key.starts_with(kUser)) continue;
        if (key.size() == kUser.size() || value.empty())
            return refused(fmt::format("{}{}: {:?} needs a name and a password", prefix, kJaas, key));
        users.emplace(key.substr(kUser.size()), value);
    }
    return users;
}

} // namespace

Result<SaslSettings> saslFrom(const std::function<std::string(std::string_view name)>& value, const std::string& prefix,
                              bool wanted) {
    SaslSettings settings;
    settings.mechanisms = itemsOf(value("sasl.enabled.mechanisms"));
    settings.sessionLifetime = std::chrono::milliseconds(configNumber(value("connections.max.reauth.ms")));
    const std::string own = value(kPlainJaas);
    auto users = plainUsers(own.empty() ? value(kJaas) : own, prefix);
    if (!users) return users.error();
    settings.plainUsers = std::move(*users);
    if (!wanted) return settings;
    MILLRACE_TRY(checkMechanisms(settings.mechanisms, prefix));
    if (std::ranges::count(settings.mechanisms, "PLAIN") > 0 && settings.plainUsers.empty())
        return refused(fmt::format("PLAIN knows no user: set {}{} = "
                                   "org.apache.kafka.common.security.plain.PlainLoginModule required "
                                   "user_NAME=\"PASSWORD\";",
                                   prefix, kPlainJaas));
    return settings;
}

} // namespace millrace::broker
