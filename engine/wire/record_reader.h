#pragma once

#include "base/result.h"
#include "wire/reader.h"
#include "wire/record.h"
#include "wire/record_batch.h"

#include <cstddef>
#include <optional>

namespace millrace::wire {

/// Walks the records of one batch: for looking at them and for finding a time inside a batch. Never on the way of a
/// record through the broker, where batches stay closed.
class RecordReader {
public:
    /// Decompressed blocks of honest clients stay far below this (max.message.bytes is 1 MB by default).
    static constexpr std::size_t kMaxBlockBytes = 256 * 1024 * 1024;

    /// `batch` begins with a whole batch. Errors as readBatchHeader() and decompress().
    static Result<RecordReader> open(const Bytes& batch, std::size_t limitBytes = kMaxBlockBytes);

    const BatchHeader& header() const { return header_; }
    /// The next record; nothing after the last; an error once the block turns out damaged.
    Result<std::optional<Record>> next();

private:
    RecordReader(const BatchHeader& header, Bytes block);

    BatchHeader header_;
    Reader reader_;
    std::int32_t read_ = 0;
};

} // namespace millrace::wire
