#include "broker/topics/removal.h"

#include <memory>
#include <vector>

namespace millrace::broker {

namespace {

using Paths = std::vector<std::filesystem::path>;

void removeLast(FileSystem& disk, const std::shared_ptr<Paths>& rest, Executor& lane, Log& log) {
    if (auto status = disk.remove(rest->back()); !status) log.warning("", "{}", status.error().message);
    rest->pop_back();
    if (rest->empty()) return;
    lane.post([&disk, rest, &lane, &log] { removeLast(disk, rest, lane, log); });
}

} // namespace

void removeBitByBit(FileSystem& disk, const std::filesystem::path& directory, Executor& lane, Log& log) {
    lane.post([&disk, directory, &lane, &log] {
        const auto rest = std::make_shared<Paths>(Paths{directory});
        // A directory that cannot be listed is removed as a whole, or fails as a whole.
        if (const auto entries = disk.list(directory))
            for (const FileInfo& entry : *entries)
                rest->push_back(entry.path);
        removeLast(disk, rest, lane, log);
    });
}

} // namespace millrace::broker
