#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::storage {

/// Walks the batches of a log file from front to back in large sequential reads. Memory is bounded, whatever lengths
/// the file claims.
class BatchScanner {
public:
    enum class Check { headers, headersAndCrc };
    BatchScanner(const File& file, std::uint64_t from, std::uint64_t end, Check check);

    struct Found {
        wire::BatchHeader header;
        std::uint64_t position = 0;
    };
    /// The next batch; nothing at a clean end. `corrupt`, `closed` or `unsupported` say what is wrong at position();
    /// other errors come from the disk and say nothing about the file.
    Result<std::optional<Found>> next();
    /// Behind the last good batch.
    std::uint64_t position() const { return position_; }

private:
    Result<std::span<const std::uint8_t>> window(std::uint64_t from, std::size_t atLeast);
    Result<std::uint32_t> crcOf(const Found& found);

    const File& file_;
    std::uint64_t position_;
    std::uint64_t end_;
    Check check_;
    std::vector<std::uint8_t> buffer_;
    std::uint64_t bufferAt_ = 0;
    std::size_t bufferSize_ = 0;
};

} // namespace millrace::storage
