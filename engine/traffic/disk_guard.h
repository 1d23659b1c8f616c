#pragma once

#include "base/file_system.h"
#include "traffic/traffic.h"

#include <string>

namespace millrace::traffic {

/// Why traffic must pause: the run directory is too large or the disk too full; empty when neither.
std::string diskComplaint(FileSystem& disk, const std::filesystem::path& runDirectory, const DiskLimits& limits);

} // namespace millrace::traffic
