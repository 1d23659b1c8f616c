#include "kafka/java_properties.h"

#include "kafka/java_values.h"

#include <algorithm>
#include <array>

namespace millrace::kafka {
namespace {

constexpr JavaProperty both(std::string_view name) {
    return {name, JavaFate::same, {}};
}
constexpr JavaProperty produceOnly(std::string_view name) {
    return {name, JavaFate::same, {}, nullptr, true, false, false};
}
constexpr JavaProperty consumeOnly(std::string_view name) {
    return {name, JavaFate::same, {}, nullptr, false, true, false};
}
constexpr JavaProperty renamed(std::string_view name, std::string_view target) {
    return {name, JavaFate::renamed, target};
}
constexpr JavaProperty none(std::string_view name) {
    return {name, JavaFate::noEffect, {}};
}
constexpr JavaProperty impossible(std::string_view name, std::string_view advice) {
    return {name, JavaFate::impossible, advice};
}
using Translate = Status (*)(std::string_view, const JavaProperties&, ConnectionConfig&);
constexpr JavaProperty translated(std::string_view name, Translate translate) {
    return {name, JavaFate::translated, {}, translate};
}

constexpr auto kTable = std::to_array<JavaProperty>({
    // Both clients.
    both("client.id"),
    both("client.rack"),
    both("connections.max.idle.ms"),
    both("metadata.max.age.ms"),
    both("reconnect.backoff.ms"),
    both("reconnect.backoff.max.ms"),
    translated("retry.backoff.ms", &java_values::retryBackoff),
    both("socket.connection.setup.timeout.ms"),
    renamed("send.buffer.bytes", "socket.send.buffer.bytes"),
    renamed("receive.buffer.bytes", "socket.receive.buffer.bytes"),
    translated("request.timeout.ms", &java_values::requestTimeout),
    none("client.dns.lookup"),
    none("retry.backoff.max.ms"),
    none("socket.connection.setup.timeout.max.ms"),
    none("default.api.timeout.ms"),
    none("metric.reporters"),
    none("metrics.*"),
    none("auto.include.jmx.reporter"),
    none("enable.metrics.push"),
    none("metadata.recovery.strategy"),
    none("metadata.recovery.rebootstrap.trigger.ms"),
    none("security.providers"),
    impossible("interceptor.classes", "it names Java code; leave it out"),
    impossible("config.providers", "write the value itself or use ${env:NAME}"),
    // Producer.
    produceOnly("acks"),
    produceOnly("linger.ms"),
    produceOnly("batch.size"),
    produceOnly("retries"),
    produceOnly("delivery.timeout.ms"),
    produceOnly("enable.idempotence"),
    produceOnly("max.in.flight.requests.per.connection"),
    produceOnly("transactional.id"),
    produceOnly("transaction.timeout.ms"),
    {"compression.type", JavaFate::same, {}, nullptr, true, false, false},
    {"compression.gzip.level", JavaFate::translated, {}, &java_values::compressionLevel, true, false, false},
    {"compression.lz4.level", JavaFate::translated, {}, &java_values::compressionLevel, true, false, false},
    {"compression.zstd.level", JavaFate::translated, {}, &java_values::compressionLevel, true, false, false},
    {"max.request.size", JavaFate::renamed, "message.max.bytes", nullptr, true, false, false},
    {"partitioner.class", JavaFate::translated, {}, &java_values::partitioner, true, false, false},
    {"partitioner.ignore.keys", JavaFate::translated, {}, &java_values::partitionerIgnoresKeys, true, false, false},
    none("partitioner.adaptive.partitioning.enable"),
    none("partitioner.availability.timeout.ms"),
    none("buffer.memory"),
    none("max.block.ms"),
    none("metadata.max.idle.ms"),
    none("key.serializer"),
    none("value.serializer"),
    // Consumer.
    consumeOnly("group.id"),
    consumeOnly("group.instance.id"),
    consumeOnly("session.timeout.ms"),
    consumeOnly("heartbeat.interval.ms"),
    consumeOnly("max.poll.interval.ms"),
    consumeOnly("fetch.min.bytes"),
    consumeOnly("fetch.max.bytes"),
    consumeOnly("max.partition.fetch.bytes"),
    consumeOnly("isolation.level"),
    consumeOnly("check.crcs"),
    {"allow.auto.create.topics", JavaFate::same, {}, nullptr, false, true, false},
    {"fetch.max.wait.ms", JavaFate::renamed, "fetch.wait.max.ms", nullptr, false, true, false},
    {"auto.offset.reset", JavaFate::translated, {}, &java_values::offsetReset, false, true, false},
    {"partition.assignment.strategy", JavaFate::translated, {}, &java_values::assignors, false, true, false},
    {"group.protocol", JavaFate::translated, {}, &java_values::groupProtocol, false, true, false},
    none("group.remote.assignor"),
    none("enable.auto.commit"), // offsets are committed after the channel's commit, always
    none("auto.commit.interval.ms"),
    none("max.poll.records"),
    none("exclude.internal.topics"),
    none("key.deserializer"),
    none("value.deserializer"),
    // Security.
    both("security.protocol"),
    both("sasl.mechanism"),
    both("sasl.kerberos.service.name"),
    translated("sasl.jaas.config", &java_values::jaasConfig),
    renamed("sasl.kerberos.min.time.before.relogin", "sasl.kerberos.min.time.before.relogin"),
    renamed("sasl.oauthbearer.token.endpoint.url", "sasl.oauthbearer.token.endpoint.url"),
    none("sasl.kerberos.kinit.cmd"),
    none("sasl.kerberos.ticket.renew.jitter"),
    none("sasl.kerberos.ticket.renew.window.factor"),
    none("sasl.login.*"),
    none("sasl.oauthbearer.*"),
    impossible("sasl.client.callback.handler.class", "it names Java code; leave it out"),
    translated("ssl.endpoint.identification.algorithm", &java_values::hostNameCheck),
    translated("ssl.disableTLSHostnameVerification", &java_values::disableHostNameCheck),
    translated("ssl.cipher.suites", &java_values::cipherSuites),
    translated("ssl.keystore.location", &java_values::keystore),
    both("ssl.keystore.password"),
    both("ssl.key.password"),
    translated("ssl.keystore.type", &java_values::typeOfStore),
    translated("ssl.truststore.location", &java_values::truststore),
    none("ssl.truststore.password"),
    translated("ssl.truststore.type", &java_values::typeOfStore),
    renamed("ssl.keystore.key", "ssl.key.pem"),
    renamed("ssl.keystore.certificate.chain", "ssl.certificate.pem"),
    renamed("ssl.truststore.certificates", "ssl.ca.pem"),
    none("ssl.enabled.protocols"),
    none("ssl.protocol"),
    none("ssl.provider"),
    none("ssl.keymanager.algorithm"),
    none("ssl.trustmanager.algorithm"),
    none("ssl.secure.random.implementation"),
    impossible("ssl.engine.factory.class", "it names Java code; leave it out"),
});

} // namespace

bool JavaProperty::appliesTo(ClientRole role) const {
    switch (role) {
    case ClientRole::producer:
        return producer;
    case ClientRole::consumer:
        return consumer;
    case ClientRole::admin:
        return admin;
    }
    return false;
}

std::span<const JavaProperty> javaProperties() {
    return kTable;
}

const JavaProperty* findJavaProperty(std::string_view name) {
    const auto matches = [name](const JavaProperty& row) {
        if (row.name.ends_with('*')) return name.starts_with(row.name.substr(0, row.name.size() - 1));
        return row.name == name;
    };
    const auto found = std::find_if(kTable.begin(), kTable.end(), matches);
    return found == kTable.end() ? nullptr : &*found;
}

} // namespace millrace::kafka
