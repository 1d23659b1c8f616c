#include "flume/channels/file/channel_directories.h"

#include "flume/channels/file/log_format.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {

namespace {

constexpr std::uint64_t kMaxOwnerBytes = 4096;

Status refuseApacheFlumes(FileSystem& disk, const std::filesystem::path& directory) {
    const auto entries = disk.list(directory);
    if (!entries) return entries.error().code == ErrorCode::notFound ? ok() : Status(entries.error());
    for (const FileInfo& entry : *entries)
        if (const std::string name = entry.path.filename().string(); isApacheFlumes(name) && !entry.directory)
            return Error{
                ErrorCode::invalidArgument,
                fmt::format("{} holds a file channel that Apache Flume wrote ({}), which Millrace cannot read: "
                            "let Apache Flume deliver its events, or give this channel other directories",
                            directory.string(), name),
                false};
    return ok();
}

std::string ownerOf(FileSystem& disk, const std::filesystem::path& directory) {
    const auto text = disk.readAll(directory / kOwnerName, kMaxOwnerBytes);
    return text && !text->empty() ? std::string(text->begin(), text->end()) : "another program";
}

} // namespace

Result<std::unique_ptr<ChannelDirectories>>
ChannelDirectories::claim(FileSystem& disk, const std::filesystem::path& checkpointDirectory,
                          const std::vector<std::filesystem::path>& dataDirectories, const std::string& owner) {
    std::vector<std::filesystem::path> all{checkpointDirectory};
    all.insert(all.end(), dataDirectories.begin(), dataDirectories.end());
    for (auto path = all.begin(); path != all.end(); ++path) {
        MILLRACE_TRY(refuseApacheFlumes(disk, *path));
        if (std::find(all.begin(), path, *path) != path)
            return Error{
                ErrorCode::invalidArgument,
                fmt::format("{} is named twice: checkpointDir and each of dataDirs must be directories of their "
                            "own",
                            path->string()),
                false};
    }
    auto claimed = std::make_unique<ChannelDirectories>();
    for (const auto& path : all) {
        MILLRACE_TRY(disk.makeDirectoriesForGood(path));
        auto lock = disk.lock(path / kLockName);
        if (!lock && lock.error().code == ErrorCode::alreadyExists)
            return Error{ErrorCode::alreadyExists,
                         fmt::format("{} is in use by {}: give each file channel directories of its own", path.string(),
                                     ownerOf(disk, path)),
                         true};
        if (!lock) return lock.error();
        claimed->locks_.push_back(std::move(*lock));
        // Only for the message above: not worth a refusal.
        if (auto file = disk.open(path / kOwnerName, OpenMode::truncate))
            (void)(*file)->append({reinterpret_cast<const std::uint8_t*>(owner.data()), owner.size()}).has_value();
    }
    return claimed;
}

} // namespace millrace::flume
