#include "kafka/record_batch.h"

#include "kafka/rd_handle.h"

#include <algorithm>

namespace millrace::kafka {
namespace {

const rd_kafka_message_t& asMessage(const void* message) {
    return *static_cast<const rd_kafka_message_t*>(message);
}

std::string_view textOf(const void* data, std::size_t size) {
    return data ? std::string_view(static_cast<const char*>(data), size) : std::string_view();
}

} // namespace

InRecord RecordBatch::operator[](std::size_t index) const {
    const auto& message = asMessage(messages_[index]);
    InRecord record;
    record.topic = rd_kafka_topic_name(message.rkt);
    record.partition = message.partition;
    record.offset = message.offset;
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    record.timestampMs = rd_kafka_message_timestamp(&message, &type);
    if (message.key) record.key = textOf(message.key, message.key_len);
    record.value = textOf(message.payload, message.len);
    return record;
}

std::vector<std::pair<std::string_view, std::string_view>> RecordBatch::headers(std::size_t index) const {
    std::vector<std::pair<std::string_view, std::string_view>> result;
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&asMessage(messages_[index]), &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
        result.emplace_back(name, textOf(value, size));
    return result;
}

std::optional<std::string_view> RecordBatch::header(std::size_t index, const std::string& name) const {
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&asMessage(messages_[index]), &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    const void* value = nullptr;
    std::size_t size = 0;
    if (rd_kafka_header_get_last(headers, name.c_str(), &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    return textOf(value, size);
}

std::vector<PartitionProgress> RecordBatch::progress() const {
    std::vector<PartitionProgress> result;
    for (const void* pointer : messages_) {
        const auto& message = asMessage(pointer);
        const std::string_view topic = rd_kafka_topic_name(message.rkt);
        const auto found = std::find_if(result.begin(), result.end(), [&](const PartitionProgress& entry) {
            return entry.partition == message.partition && entry.topic == topic;
        });
        if (found == result.end())
            result.push_back({std::string(topic), message.partition, message.offset, message.offset + 1});
        else
            found->next = message.offset + 1;
    }
    return result;
}

void RecordBatch::clear() {
    for (void* message : messages_)
        rd_kafka_message_destroy(static_cast<rd_kafka_message_t*>(message));
    messages_.clear();
    owner_.reset();
}

} // namespace millrace::kafka
