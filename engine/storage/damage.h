#pragma once

#include "base/file_system.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>

namespace millrace::storage {

/// Whether a whole batch begins anywhere from `from` to `end`: then what is broken at `from` is not the torn tail of a
/// power cut, behind which there is nothing, and must not be thrown away. Memory is bounded. Waits for the disk.
Result<bool> holdsBatch(const File& file, std::uint64_t from, std::uint64_t end);

/// A name beside `path` that nothing has yet: `path`.damaged, `path`.damaged-2, …
std::filesystem::path nameAside(FileSystem& disk, const std::filesystem::path& path);

/// Copies the bytes from `from` to `end` into the new file `to`; they are on stable storage when this returns ok.
Status copyAside(FileSystem& disk, const File& file, std::uint64_t from, std::uint64_t end,
                 const std::filesystem::path& to);

} // namespace millrace::storage
