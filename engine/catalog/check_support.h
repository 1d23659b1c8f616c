#pragma once

#include "catalog/component_spec.h"
#include "catalog/finding_texts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::catalog {

/// Reads the properties of one component as Flume's Context does. What is left of a `${…}` is plain text to it; only a
/// value with a `${sys:…}`, which the Java machine would fill in, cannot be judged: it is there, but has no content.
/// Refers to `properties`.
class PropertyReader {
public:
    explicit PropertyReader(const Properties& properties) : properties_(properties) {}

    /// Present and not blank: Flume drops properties without a value.
    bool has(std::string_view key) const;
    /// The trimmed value; nothing when absent or not to be judged.
    std::optional<std::string> text(std::string_view key) const;
    std::string textOr(std::string_view key, std::string_view fallback) const;
    /// `fallback` when absent; nothing when it is no int or not to be judged.
    std::optional<std::int32_t> intOr(std::string_view key, std::int32_t fallback) const;
    /// Flume's rule: only "true", in any case, is true.
    bool isTrue(std::string_view key, bool fallback = false) const;
    /// Keys that begin with `prefix`, the prefix included.
    std::vector<std::string> keysBelow(std::string_view prefix) const;

private:
    const Properties& properties_;
};

/// The declared default of `key`, a number.
std::int32_t declaredInt(std::span<const PropertySpec> properties, std::string_view key);

/// `value` holds a `${prefix:…}`; the prefix in any letter case.
bool holdsLookup(std::string_view value, std::string_view prefix);
bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// The elements of a list, trimmed, without empty ones; `separator` ' ' stands for any white space.
std::vector<std::string> splitList(std::string_view list, char separator = ' ');
/// "host:port" with a port from 1 to 65535; brackets round an IPv6 address.
bool isHostAndPort(std::string_view text);

/// Checks that several declarations share.
void checkTlsServer(const PropertyReader& reader, std::vector<Finding>& findings);
/// Both ends of a Thrift hop: what Flume runs and this version does not.
void checkThriftKerberos(const PropertyReader& reader, std::vector<Finding>& findings);
void checkTransactionCapacity(std::int32_t transactionCapacity, std::int32_t capacity, std::vector<Finding>& findings);
/// Second checkpoint and encryption of the file channel, also below a spillable one.
void checkFileStore(const PropertyReader& reader, std::vector<Finding>& findings);
void checkKafkaServers(const PropertyReader& reader, std::string_view key, std::vector<Finding>& findings);
/// For a Kafka client setting that Flume overwrites; `instead` is the key where the value belongs, empty for none.
void checkKafkaFixed(const PropertyReader& reader, std::string_view key, std::string_view instead,
                     std::vector<Finding>& findings);
void checkZookeeperQuorum(const PropertyReader& reader, std::vector<Finding>& findings);
/// hdfs and hive: 1 to 60 for seconds and minutes, 1 to 24 for hours. `prefix` stands before the keys.
void checkRounding(const PropertyReader& reader, std::string_view prefix, std::string_view defaultUnit,
                   std::vector<Finding>& findings);

inline void refuse(std::vector<Finding>& findings, std::string_view property, std::string_view code,
                   std::vector<std::string> arguments, std::string suggestion = {}) {
    findings.push_back(
        makeFinding(Finding::Effect::componentRemoved, property, code, std::move(arguments), std::move(suggestion)));
}
inline void warn(std::vector<Finding>& findings, std::string_view property, std::string_view code,
                 std::vector<std::string> arguments, std::string suggestion = {}) {
    findings.push_back(
        makeFinding(Finding::Effect::warning, property, code, std::move(arguments), std::move(suggestion)));
}

} // namespace millrace::catalog
