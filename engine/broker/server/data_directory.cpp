#include "broker/server/data_directory.h"

namespace millrace::broker {

Result<std::unique_ptr<FileLock>> lockDataDirectory(FileSystem& disk, const std::filesystem::path& dataDir) {
    MILLRACE_TRY(disk.makeDirectoriesForGood(dataDir));
    auto lock = disk.lock(dataDir / ".lock");
    if (lock || lock.error().code != ErrorCode::alreadyExists) return lock;
    return Error{ErrorCode::alreadyExists, dataDir.string() + " is in use by another running broker: stop that one, or "
                                                              "choose another directory"};
}

} // namespace millrace::broker
