#pragma once

#include "base/file_system.h"
#include "base/sentences.h"
#include "traffic/traffic.h"

#include <span>

namespace millrace::traffic {

/// Why traffic must pause: the run directory is too large or the disk too full (noSpace); ok when neither.
Status diskAllows(FileSystem& disk, const std::filesystem::path& runDirectory, const DiskLimits& limits);
/// What it says, sorted by code.
std::span<const Sentence> diskSentences();

} // namespace millrace::traffic
