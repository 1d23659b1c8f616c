#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::kafka {

/// One consumed record: views that stay valid as long as the RecordBatch is neither cleared nor destroyed.
struct InRecord {
    std::string_view topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::int64_t timestampMs = -1; ///< -1: the record has none
    std::optional<std::string_view> key;
    std::string_view value; ///< empty for a null value (tombstone)
};

/// What was read of one partition: `next` is the offset to be committed.
struct PartitionProgress {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t first = 0;
    std::int64_t next = 0;
    bool operator==(const PartitionProgress&) const = default;
};

/// Records of one poll; keeps librdkafka's buffers alive. One thread.
class RecordBatch {
public:
    RecordBatch() = default;
    ~RecordBatch() { clear(); }
    RecordBatch(const RecordBatch&) = delete;
    RecordBatch& operator=(const RecordBatch&) = delete;

    std::size_t size() const { return messages_.size(); }
    bool empty() const { return messages_.empty(); }
    InRecord operator[](std::size_t index) const;
    /// The record's headers in their order; a null value reads as empty.
    std::vector<std::pair<std::string_view, std::string_view>> headers(std::size_t index) const;
    /// The last header of that name.
    std::optional<std::string_view> header(std::size_t index, const std::string& name) const;
    std::vector<PartitionProgress> progress() const;
    void clear();

private:
    friend class Consumer;
    std::shared_ptr<const void> owner_; ///< the handle that the messages belong to
    std::vector<void*> messages_;       ///< rd_kafka_message_t, owned
};

} // namespace millrace::kafka
