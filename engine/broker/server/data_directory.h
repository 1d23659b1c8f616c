#pragma once

#include "base/file_system.h"

#include <filesystem>
#include <memory>

namespace millrace::broker {

/// Makes the directory when it is missing, and keeps others from it as long as the lock is held: before anything is
/// read, since what another broker writes would look torn, and would be cut. alreadyExists: one has it.
Result<std::unique_ptr<FileLock>> lockDataDirectory(FileSystem& disk, const std::filesystem::path& dataDir);

} // namespace millrace::broker
