#include "storage/checked_headers.h"

#include <fmt/core.h>

namespace millrace::storage {

Result<std::vector<wire::BatchHeader>> checkedHeaders(std::span<const std::uint8_t> batches, std::int64_t next) {
    if (batches.empty()) return Error{ErrorCode::invalidArgument, "no record batch"};
    std::vector<wire::BatchHeader> headers;
    for (auto rest = batches; !rest.empty(); rest = rest.subspan(headers.back().sizeBytes)) {
        const auto header = wire::readBatchHeader(rest);
        if (!header) return Error{ErrorCode::corrupt, header.error().message};
        if (!wire::crcMatches(rest.first(header->sizeBytes)))
            return Error{ErrorCode::corrupt,
                         fmt::format("the CRC of the batch at offset {} does not fit", header->baseOffset)};
        if (header->baseOffset < next || header->lastOffsetDelta < 0)
            return Error{ErrorCode::invalidArgument,
                         fmt::format("offset {} where {} or a later one was to follow", header->baseOffset, next)};
        next = header->lastOffset() + 1;
        headers.push_back(*header);
    }
    return headers;
}

} // namespace millrace::storage
