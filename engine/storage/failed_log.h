#pragma once

#include "storage/partition_log.h"

#include <memory>

namespace millrace::storage {

/// Stands in for a log that cannot be opened: failed(), empty, and every call that would need it answers `reason`. The
/// files stay untouched.
std::unique_ptr<PartitionLog> failedPartitionLog(Error reason);

} // namespace millrace::storage
