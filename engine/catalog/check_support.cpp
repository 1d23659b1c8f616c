#include "catalog/check_support.h"

#include "java/java_number.h"

#include <algorithm>

namespace millrace::catalog {
namespace {

bool isBlank(char c) {
    return static_cast<unsigned char>(c) <= 0x20;
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void checkBackup(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKey = "backupCheckpointDir";
    if (!reader.isTrue("useDualCheckpoints")) return;
    if (!reader.has(kKey)) return refuse(findings, kKey, "checkpoint-backup-missing", {std::string(kKey)});
    if (reader.text(kKey) && reader.text(kKey) == reader.text("checkpointDir")) {
        refuse(findings, kKey, "checkpoint-backup-same", {std::string(kKey)});
    }
}

void checkEncryption(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKeys[] = {"encryption.keyProvider", "encryption.activeKey",
                                          "encryption.cipherProvider"};
    bool any = false;
    for (const std::string_view key : kKeys)
        any = any || reader.has(key);
    if (!any) return;
    for (const std::string_view key : kKeys) {
        if (!reader.has(key)) refuse(findings, key, "encryption-incomplete", {std::string(key)});
    }
    if (!equalsIgnoringCase(reader.textOr(kKeys[0], ""), "JCEKSFILE")) return;
    for (const std::string_view key : {"encryption.keyProvider.keyStoreFile",
                                       "encryption.keyProvider.keyStorePasswordFile", "encryption.keyProvider.keys"}) {
        if (!reader.has(key)) refuse(findings, key, "missing-required", {std::string(key)});
    }
}

} // namespace

bool PropertyReader::has(std::string_view key) const {
    const auto found = properties_.find(key);
    return found != properties_.end() && !java::javaTrim(found->second).empty();
}

std::optional<std::string> PropertyReader::text(std::string_view key) const {
    const auto found = properties_.find(key);
    if (found == properties_.end() || holdsLookup(found->second, "sys")) return std::nullopt;
    const auto trimmed = java::javaTrim(found->second);
    if (trimmed.empty()) return std::nullopt;
    return std::string(trimmed);
}

std::string PropertyReader::textOr(std::string_view key, std::string_view fallback) const {
    return text(key).value_or(std::string(fallback));
}

std::optional<std::int32_t> PropertyReader::intOr(std::string_view key, std::int32_t fallback) const {
    if (!has(key)) return fallback;
    const auto value = text(key);
    return value ? java::parseJavaInt(*value) : std::nullopt;
}

bool PropertyReader::isTrue(std::string_view key, bool fallback) const {
    if (!has(key)) return fallback;
    return equalsIgnoringCase(text(key).value_or(""), "true");
}

std::vector<std::string> PropertyReader::keysBelow(std::string_view prefix) const {
    std::vector<std::string> keys;
    for (auto it = properties_.lower_bound(prefix); it != properties_.end() && it->first.starts_with(prefix); ++it) {
        keys.push_back(it->first);
    }
    return keys;
}

std::int32_t declaredInt(std::span<const PropertySpec> properties, std::string_view key) {
    const PropertySpec* property = findProperty(properties, key);
    return property ? java::parseJavaInt(property->defaultValue).value_or(0) : 0;
}

bool holdsLookup(std::string_view value, std::string_view prefix) {
    for (std::size_t at = value.find("${"); at != std::string_view::npos; at = value.find("${", at + 2)) {
        const std::string_view rest = value.substr(at + 2);
        const std::string_view name = rest.substr(0, rest.find(':'));
        if (name.size() < rest.size() && equalsIgnoringCase(name, prefix)) return true;
    }
    return false;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> splitList(std::string_view list, char separator) {
    std::vector<std::string> elements;
    const auto separates = [&](char c) { return separator == ' ' ? isBlank(c) : c == separator; };
    auto from = list.begin();
    while (true) {
        const auto to = std::find_if(from, list.end(), separates);
        const auto element = java::javaTrim(std::string_view(from, to));
        if (!element.empty()) elements.emplace_back(element);
        if (to == list.end()) return elements;
        from = to + 1;
    }
}

bool isHostAndPort(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto host = text.substr(0, colon);
    if (host.find(':') != std::string_view::npos && !(host.starts_with('[') && host.ends_with(']'))) return false;
    const auto port = java::parseJavaInt(text.substr(colon + 1));
    return port && *port > 0 && *port <= 65535;
}

void checkTlsServer(const PropertyReader& reader, std::vector<Finding>& findings) {
    if (!reader.isTrue("ssl")) return;
    for (const std::string_view key : {"keystore", "keystore-password"}) {
        if (!reader.has(key)) refuse(findings, key, "tls-keystore-missing", {std::string(key)});
    }
}

void checkThriftKerberos(const PropertyReader& reader, std::vector<Finding>& findings) {
    if (reader.isTrue("kerberos")) warn(findings, "kerberos", "kerberos-flume-only", {"kerberos"}, "false");
}

void checkTransactionCapacity(std::int32_t transactionCapacity, std::int32_t capacity, std::vector<Finding>& findings) {
    if (transactionCapacity <= capacity) return;
    refuse(findings, "transactionCapacity", "transaction-above-capacity",
           {std::to_string(transactionCapacity), std::to_string(capacity)}, std::to_string(capacity));
}

void checkKafkaServers(const PropertyReader& reader, std::string_view key, std::vector<Finding>& findings) {
    for (const std::string& server : splitList(reader.textOr(key, ""), ',')) {
        if (!isHostAndPort(server)) warn(findings, key, "kafka-server-malformed", {std::string(key), server});
    }
}

void checkKafkaFixed(const PropertyReader& reader, std::string_view key, std::string_view instead,
                     std::vector<Finding>& findings) {
    if (!reader.has(key)) return;
    if (instead.empty()) return warn(findings, key, "kafka-fixed-by-flume", {std::string(key)});
    warn(findings, key, "kafka-fixed-elsewhere", {std::string(key), std::string(instead)});
}

void checkZookeeperQuorum(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKey = "zookeeperQuorum";
    std::string port;
    for (const std::string& server : splitList(reader.textOr(kKey, ""), ',')) {
        const std::string own = isHostAndPort(server) ? server.substr(server.rfind(':') + 1) : "";
        if (port.empty()) port = own;
        if (own.empty() || own != port)
            refuse(findings, kKey, "zookeeper-quorum-malformed", {std::string(kKey), server});
    }
}

void checkRounding(const PropertyReader& reader, std::string_view prefix, std::string_view defaultUnit,
                   std::vector<Finding>& findings) {
    const std::string start(prefix), valueKey = start + "roundValue";
    const auto value = reader.intOr(valueKey, 1);
    const std::int32_t most = equalsIgnoringCase(reader.textOr(start + "roundUnit", defaultUnit), "hour") ? 24 : 60;
    if (!value || (*value >= 1 && *value <= most)) return;
    refuse(findings, valueKey, "round-value-refused", {valueKey, std::to_string(*value), std::to_string(most)});
}

void checkFileStore(const PropertyReader& reader, std::vector<Finding>& findings) {
    checkBackup(reader, findings);
    checkEncryption(reader, findings);
}

} // namespace millrace::catalog
