#pragma once

// Inside kafka/admin*.cpp only.

#include "kafka/admin.h"
#include "kafka/rd_handle.h"

#include <array>
#include <cstddef>

namespace millrace::kafka {

inline int asTimeout(std::chrono::milliseconds limit) {
    return static_cast<int>(limit.count());
}

inline RdPtr<rd_kafka_topic_partition_list_t> listOf(std::span<const TopicPartition> partitions, std::int64_t offset) {
    RdPtr<rd_kafka_topic_partition_list_t> list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto& entry : partitions)
        rd_kafka_topic_partition_list_add(list.get(), entry.topic.c_str(), entry.partition)->offset = offset;
    return list;
}

/// The first error of these answers, each about one topic.
Status statusOf(const rd_kafka_topic_result_t** answers, std::size_t count, const char* verb);

struct Admin::Impl : LogTarget {
    RdPtr<rd_kafka_t> handle;
    std::string servers;

    Error failed(rd_kafka_resp_err_t code, const char* what, const char* detail = nullptr) const {
        return kafkaError(code, std::string(what) + " at " + servers, detail);
    }
    /// The event that answers an admin request, or the error of the request as a whole.
    Result<RdPtr<rd_kafka_event_t>> await(rd_kafka_queue_t* queue, std::chrono::milliseconds limit,
                                          const char* what) const {
        RdPtr<rd_kafka_event_t> event(rd_kafka_queue_poll(queue, asTimeout(limit)));
        if (!event) return failed(RD_KAFKA_RESP_ERR__TIMED_OUT, what);
        if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return failed(code, what, rd_kafka_event_error_string(event.get()));
        return event;
    }
    RdPtr<rd_kafka_AdminOptions_t> options(rd_kafka_admin_op_t operation, std::chrono::milliseconds limit) const {
        RdPtr<rd_kafka_AdminOptions_t> made(rd_kafka_AdminOptions_new(handle.get(), operation));
        std::array<char, 256> text{};
        rd_kafka_AdminOptions_set_request_timeout(made.get(), asTimeout(limit), text.data(), text.size());
        return made;
    }
};

} // namespace millrace::kafka
