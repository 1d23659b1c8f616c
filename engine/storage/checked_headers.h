#pragma once

#include "base/result.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <span>
#include <vector>

namespace millrace::storage {

/// The headers of the batches that lie one behind the other in `batches` and have their offsets already: the first at
/// or behind `next`, each behind the one before. `corrupt` for a batch that is not whole or whose CRC does not fit,
/// `invalidArgument` for offsets that go back and for nothing at all.
Result<std::vector<wire::BatchHeader>> checkedHeaders(std::span<const std::uint8_t> batches, std::int64_t next);

} // namespace millrace::storage
