#include "kafka/rd_handle.h"

#include <array>

namespace millrace::kafka {
namespace {

constexpr std::size_t kErrorTextBytes = 512;

void forwardLog(const rd_kafka_t* handle, int level, const char* facility, const char* text) {
    const auto* target = static_cast<const LogTarget*>(rd_kafka_opaque(handle));
    if (!target || !target->log) return;
    constexpr int kSyslogError = 3;
    target->log->write(level <= kSyslogError ? LogLevel::warning : LogLevel::info, target->node,
                       std::string("kafka client: ") + facility + ": " + text);
}

ErrorCode codeOf(rd_kafka_resp_err_t code) {
    switch (code) {
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
        return ErrorCode::timeout;
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__DESTROY:
        return ErrorCode::closed;
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
        return ErrorCode::cancelled;
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
        return ErrorCode::full;
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        return ErrorCode::outOfRange;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return ErrorCode::notFound;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
        return ErrorCode::alreadyExists;
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
        return ErrorCode::invalidArgument;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        return ErrorCode::denied;
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
        return ErrorCode::unsupported;
    default:
        return ErrorCode::protocol;
    }
}

} // namespace

bool isRetriable(rd_kafka_resp_err_t code) {
    switch (code) {
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION:
    case RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS:
    case RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
        return true;
    default:
        return false;
    }
}

Error kafkaError(rd_kafka_resp_err_t code, const std::string& what, const char* detail) {
    std::string why = rd_kafka_err2str(code);
    if (detail && *detail && why.find(detail) == std::string::npos) why += std::string(" (") + detail + ")";
    return {codeOf(code), what + ": " + why, isRetriable(code), "broker-refused", {what, why}}; // nothing cut
}

Result<RdPtr<rd_kafka_conf_t>> makeConf(const ConnectionConfig& config) {
    RdPtr<rd_kafka_conf_t> conf(rd_kafka_conf_new());
    std::array<char, kErrorTextBytes> text{};
    const auto set = [&](const std::string& name, const std::string& value) {
        return rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), text.data(), text.size()) == RD_KAFKA_CONF_OK;
    };
    if (!set("bootstrap.servers", config.servers))
        return Error{ErrorCode::invalidArgument, "bootstrap.servers: " + std::string(text.data()), false};
    for (const auto& [name, value] : config.settings)
        if (!set(name, value))
            return Error{ErrorCode::invalidArgument, "Kafka client property " + name + ": " + text.data(), false};
    rd_kafka_conf_set_log_cb(conf.get(), &forwardLog);
    return conf;
}

Result<RdPtr<rd_kafka_t>> makeHandle(rd_kafka_type_t type, RdPtr<rd_kafka_conf_t> conf, LogTarget& target) {
    rd_kafka_conf_set_opaque(conf.get(), &target);
    std::array<char, kErrorTextBytes> text{};
    rd_kafka_t* handle = rd_kafka_new(type, conf.get(), text.data(), text.size());
    if (!handle)
        return Error{ErrorCode::invalidArgument, "the Kafka client cannot start: " + std::string(text.data()), false};
    conf.release(); // librdkafka owns it from here
    return RdPtr<rd_kafka_t>(handle);
}

} // namespace millrace::kafka
