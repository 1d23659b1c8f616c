#pragma once

// Inside kafka/*.cpp only: the one place where librdkafka's C types meet ours.

#include "base/log.h"
#include "base/result.h"
#include "kafka/connection_config.h"

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>

namespace millrace::kafka {

/// Frees each of librdkafka's types by its own function.
struct RdDelete {
    void operator()(rd_kafka_t* p) const { rd_kafka_destroy(p); }
    void operator()(rd_kafka_conf_t* p) const { rd_kafka_conf_destroy(p); }
    void operator()(rd_kafka_message_t* p) const { rd_kafka_message_destroy(p); }
    void operator()(rd_kafka_topic_partition_list_t* p) const { rd_kafka_topic_partition_list_destroy(p); }
    void operator()(rd_kafka_queue_t* p) const { rd_kafka_queue_destroy(p); }
    void operator()(rd_kafka_headers_t* p) const { rd_kafka_headers_destroy(p); }
    void operator()(rd_kafka_topic_t* p) const { rd_kafka_topic_destroy(p); }
    void operator()(rd_kafka_error_t* p) const { rd_kafka_error_destroy(p); }
    void operator()(rd_kafka_event_t* p) const { rd_kafka_event_destroy(p); }
    void operator()(rd_kafka_NewTopic_t* p) const { rd_kafka_NewTopic_destroy(p); }
    void operator()(rd_kafka_DeleteTopic_t* p) const { rd_kafka_DeleteTopic_destroy(p); }
    void operator()(rd_kafka_NewPartitions_t* p) const { rd_kafka_NewPartitions_destroy(p); }
    void operator()(rd_kafka_ConfigResource_t* p) const { rd_kafka_ConfigResource_destroy(p); }
    void operator()(rd_kafka_DeleteGroup_t* p) const { rd_kafka_DeleteGroup_destroy(p); }
    void operator()(rd_kafka_AlterConsumerGroupOffsets_t* p) const { rd_kafka_AlterConsumerGroupOffsets_destroy(p); }
    void operator()(rd_kafka_AdminOptions_t* p) const { rd_kafka_AdminOptions_destroy(p); }
    void operator()(rd_kafka_ListConsumerGroupOffsets_t* p) const { rd_kafka_ListConsumerGroupOffsets_destroy(p); }
    void operator()(const struct rd_kafka_metadata* p) const { rd_kafka_metadata_destroy(p); }
    void operator()(const struct rd_kafka_group_list* p) const { rd_kafka_group_list_destroy(p); }
};
template <typename T>
using RdPtr = std::unique_ptr<T, RdDelete>;

/// A code of librdkafka or of a broker as an Error; `what` in front. Sets `retriable` for what may go away by itself.
Error kafkaError(rd_kafka_resp_err_t code, const std::string& what, const char* detail = nullptr);
bool isRetriable(rd_kafka_resp_err_t code);

/// A configuration filled from `config`. Log lines go to the Log behind `logTarget`, which the handle's opaque must
/// point to: see LogTarget.
Result<RdPtr<rd_kafka_conf_t>> makeConf(const ConnectionConfig& config);

/// What every handle's opaque begins with, so that the log callback (called from librdkafka's own threads) finds its
/// way. Outlives the handle.
struct LogTarget {
    Log* log = nullptr;
    std::string node;
};

/// Takes `conf`; the rd_kafka_conf_set_opaque of it must be a LogTarget.
Result<RdPtr<rd_kafka_t>> makeHandle(rd_kafka_type_t type, RdPtr<rd_kafka_conf_t> conf, LogTarget& target);

} // namespace millrace::kafka
