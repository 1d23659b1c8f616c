#pragma once

#include "base/result.h"
#include "wire/reader.h"
#include "wire/record.h"
#include "wire/record_batch.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace millrace::wire {

/// Where a record stands, without what is in it.
struct RecordPlace {
    std::int64_t offset = -1;
    EpochMs timestamp = -1;
};

/// Walks the records of one batch: for looking at them and for finding a time inside a batch. Never on the way of a
/// record through the broker, where batches stay closed.
class RecordReader {
public:
    /// Decompressed blocks of honest clients stay far below this (max.message.bytes is 1 MB by default).
    static constexpr std::size_t kMaxBlockBytes = 64 * 1024 * 1024;

    /// `batch` begins with a whole batch. Errors as readBatchHeader() and decompress().
    static Result<RecordReader> open(const Bytes& batch, std::size_t limitBytes = kMaxBlockBytes);

    const BatchHeader& header() const { return header_; }
    /// The next record; nothing after the last; an error once the block turns out damaged, or when all headers together
    /// take more than Reader::kMaxDecodedBytes.
    Result<std::optional<Record>> next();
    /// The same, passing over key, value and headers: nothing is built, whatever the record claims to hold.
    Result<std::optional<RecordPlace>> nextPlace();
    /// How much memory the records given out so far keep: the opened block and their headers.
    std::size_t heldBytes() const { return blockBytes_ + headerBytes_; }

private:
    struct Start {
        RecordPlace place;
        std::size_t end = 0; ///< of the record in the block
    };
    RecordReader(const BatchHeader& header, Bytes block);
    /// Reads up to the key.
    Result<std::optional<Start>> start();
    std::vector<RecordHeader> headers();

    BatchHeader header_;
    std::size_t blockBytes_;
    std::size_t headerBytes_ = 0;
    Reader reader_;
    std::int32_t read_ = 0;
};

} // namespace millrace::wire
