#pragma once

#include "base/executor.h"
#include "base/file_system.h"
#include "base/log.h"

#include <filesystem>

namespace millrace::broker {

/// Removes a directory and the files in it, one a visit to `lane`: what others want of that lane waits for one file,
/// however many there are. What fails is logged and stays. All but `directory` outlive the lane's work.
void removeBitByBit(FileSystem& disk, const std::filesystem::path& directory, Executor& lane, Log& log);

} // namespace millrace::broker
