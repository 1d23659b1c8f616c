#pragma once

#include "base/file_system.h"
#include "base/log.h"
#include "broker/security/scram_argument.h"

#include <filesystem>
#include <span>

namespace millrace::broker {

/// Writes users into the data directory of a broker that does not run, which is made when missing; a credential that
/// one already has by the same mechanism is put in place of. Waits for the disk. alreadyExists: a broker has the
/// directory.
Status addScramUsers(FileSystem& disk, const std::filesystem::path& dataDir, std::span<const NewScramUser> users,
                     Log& log);

} // namespace millrace::broker
