#include "kafka/java_values.h"

#include "java/jaas.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace millrace::kafka::java_values {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

bool isTrue(std::string_view value) {
    return lower(value) == "true";
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

std::string_view withoutPackage(std::string_view className) {
    const auto dot = className.rfind('.');
    return dot == std::string_view::npos ? className : className.substr(dot + 1);
}

Error unusable(std::string message) {
    return {ErrorCode::unsupported, std::move(message), false};
}

const std::string* lookUp(const JavaProperties& all, std::string_view name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

/// The upper-case type of a key store: what is declared, else what the file name suggests, else Java's default.
std::string storeType(const JavaProperties& all, std::string_view typeKey, std::string_view path) {
    std::string type = "JKS";
    if (const auto* declared = lookUp(all, typeKey))
        type = *declared;
    else if (path.ends_with(".pem") || path.ends_with(".crt"))
        type = "PEM";
    else if (path.ends_with(".p12") || path.ends_with(".pfx"))
        type = "PKCS12";
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return type;
}

std::optional<std::string> optionOf(const java::JaasEntry& entry, const std::string& key) {
    const auto found = entry.options.find(key);
    return found == entry.options.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

Status retryBackoff(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    if (out.role == ClientRole::producer) out.set("retry.backoff.ms", value);
    if (out.role == ClientRole::consumer) out.set("fetch.error.backoff.ms", value);
    return ok();
}

Status requestTimeout(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    out.set(out.role == ClientRole::producer ? "request.timeout.ms" : "socket.timeout.ms", value);
    return ok();
}

Status compressionLevel(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    out.set("compression.level", value);
    return ok();
}

Status partitioner(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    const auto name = withoutPackage(value);
    if (name == "DefaultPartitioner" || name == "UniformStickyPartitioner") {
        out.set("partitioner", name == "DefaultPartitioner" ? "murmur2_random" : "random");
        return ok();
    }
    if (name == "RoundRobinPartitioner") {
        // librdkafka has no strict round robin; without stickiness its random choice spreads as evenly.
        out.set("partitioner", "random");
        out.set("sticky.partitioning.linger.ms", "0");
        return ok();
    }
    return unusable("partitioner.class " + std::string(value) +
                    " is Java code; leave it out, or set partitionIdHeader to choose the partition yourself");
}

Status partitionerIgnoresKeys(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    if (isTrue(value)) out.set("partitioner", "random");
    return ok();
}

Status offsetReset(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    const std::string policy = lower(value);
    if (policy != "earliest" && policy != "latest" && policy != "none")
        return Error{ErrorCode::invalidArgument,
                     "auto.offset.reset is \"" + std::string(value) + "\"; it can be earliest, latest or none", false};
    out.set("auto.offset.reset", policy == "none" ? "error" : policy);
    return ok();
}

Status assignors(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    std::string strategies;
    bool cooperative = false;
    while (!value.empty()) {
        const auto comma = value.find(',');
        const auto name = withoutPackage(trimmed(value.substr(0, comma)));
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
        std::string_view strategy;
        if (name == "RangeAssignor" || name == "range")
            strategy = "range";
        else if (name == "RoundRobinAssignor" || name == "roundrobin")
            strategy = "roundrobin";
        else if (name == "CooperativeStickyAssignor" || name == "cooperative-sticky")
            strategy = "cooperative-sticky";
        else
            return unusable("partition.assignment.strategy " + std::string(name) +
                            " is not available; use RangeAssignor, RoundRobinAssignor or CooperativeStickyAssignor");
        if (strategy == "cooperative-sticky") {
            cooperative = true;
            continue;
        }
        if (!strategies.empty()) strategies += ',';
        strategies += strategy;
    }
    // librdkafka refuses a mix; Java's mix (its default) begins with the eager ones, so they are what is used.
    if (strategies.empty() && cooperative) strategies = "cooperative-sticky";
    out.set("partition.assignment.strategy", strategies);
    return ok();
}

Status groupProtocol(std::string_view value, const JavaProperties&, ConnectionConfig&) {
    if (lower(value) == "classic") return ok();
    return unusable("group.protocol " + std::string(value) + " is not available; use classic");
}

Status jaasConfig(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    const auto entry = java::parseJaas(value);
    if (!entry) return entry.error().in("sasl.jaas.config");
    const auto module = withoutPackage(entry->loginModule);
    if (module == "PlainLoginModule" || module == "ScramLoginModule") {
        const auto user = optionOf(*entry, "username");
        const auto password = optionOf(*entry, "password");
        if (!user || !password)
            return Error{ErrorCode::invalidArgument, "sasl.jaas.config has no username=\"…\" and password=\"…\"",
                         false};
        out.set("sasl.username", *user);
        out.set("sasl.password", *password);
        return ok();
    }
    if (module == "Krb5LoginModule") {
        if (const auto keytab = optionOf(*entry, "keyTab")) out.set("sasl.kerberos.keytab", *keytab);
        if (const auto principal = optionOf(*entry, "principal")) out.set("sasl.kerberos.principal", *principal);
        if (const auto service = optionOf(*entry, "serviceName")) out.set("sasl.kerberos.service.name", *service);
        return ok();
    }
    return unusable("sasl.jaas.config names the module " + std::string(module) +
                    "; PlainLoginModule, ScramLoginModule and Krb5LoginModule can be used");
}

Status hostNameCheck(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    out.set("ssl.endpoint.identification.algorithm", trimmed(value).empty() ? "none" : lower(value));
    return ok();
}

Status disableHostNameCheck(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    if (isTrue(value)) out.set("ssl.endpoint.identification.algorithm", "none");
    return ok();
}

Status cipherSuites(std::string_view value, const JavaProperties&, ConnectionConfig& out) {
    std::string list(value);
    std::erase_if(list, [](unsigned char c) { return std::isspace(c); });
    std::replace(list.begin(), list.end(), ',', ':');
    out.set("ssl.cipher.suites", list);
    return ok();
}

Status keystore(std::string_view value, const JavaProperties& all, ConnectionConfig& out) {
    const std::string type = storeType(all, "ssl.keystore.type", value);
    if (type == "PKCS12") {
        out.set("ssl.keystore.location", value);
        return ok();
    }
    if (type == "PEM") {
        out.set("ssl.certificate.location", value);
        out.set("ssl.key.location", value);
        return ok();
    }
    return unusable("ssl.keystore.location is a " + type +
                    " store; convert it with \"keytool -importkeystore "
                    "-deststoretype PKCS12\" and set ssl.keystore.type = PKCS12");
}

Status typeOfStore(std::string_view, const JavaProperties&, ConnectionConfig&) {
    return ok();
}

Status truststore(std::string_view value, const JavaProperties& all, ConnectionConfig& out) {
    const std::string type = storeType(all, "ssl.truststore.type", value);
    if (type == "PEM") {
        out.set("ssl.ca.location", value);
        return ok();
    }
    return unusable("ssl.truststore.location is a " + type +
                    " store; export its certificates with \"keytool "
                    "-exportcert -rfc\" and set ssl.truststore.type = PEM");
}

} // namespace millrace::kafka::java_values
