#pragma once

#include "base/file_system.h"
#include "catalog/agent_config.h"

#include <filesystem>

namespace millrace::flume {

/// Makes the relative directories that a component reads or writes under the run directory: those named by a path
/// property, or the parents of files and file name patterns. Absolute paths, `~` and key stores are left alone. Errors
/// are the disk's; the rest is made all the same.
Status makeRelativeDirectories(const catalog::ComponentConfig& config, const std::filesystem::path& runDirectory,
                               FileSystem& disk);

} // namespace millrace::flume
