#include "broker/topics/topic_directories.h"

#include "broker/topics/removal.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {
constexpr const char* kDeleted = ".deleted"; ///< directories of topics that are gone
}

std::filesystem::path TopicDirectories::of(const std::string& topic, std::int32_t partition) const {
    return root_ / (topic + "-" + std::to_string(partition));
}

std::shared_ptr<Partition> TopicDirectories::reopen(const TopicMetadata& topic, std::int32_t index) const {
    return Partition::openOrOffline(disk_, of(topic.name, index), topic.name, index, topic.settings.log, log_);
}

Result<std::vector<std::shared_ptr<Partition>>> TopicDirectories::makeNew(const TopicDelta& delta) const {
    const TopicMetadata& topic = delta.topic();
    std::vector<std::shared_ptr<Partition>> made;
    for (std::int32_t i = delta.firstNew(); i < delta.end(); ++i) {
        auto partition = Partition::open(disk_, of(topic.name, i), topic.name, i, topic.settings.log, log_);
        if (!partition) return partition.error();
        made.push_back(std::move(*partition));
    }
    return made;
}

storage::FileStep TopicDirectories::stepOf(const TopicDelta& delta) {
    const std::string prefix = delta.topic().name + "-";
    if (!delta.removes()) return {storage::FileStep::make, prefix, {}, {}, delta.firstNew(), delta.end()};
    // Without the topic's name, which may be as long as a file name can be.
    const std::string moved = delta.before->id.text() + "-";
    return {storage::FileStep::move, prefix, moved, kDeleted, 0, delta.before->partitionCount()};
}

Status TopicDirectories::setStrangersAside(const TopicDelta& delta) const {
    bool any = false;
    for (std::int32_t i = delta.firstNew(); i < delta.end(); ++i) {
        const auto directory = of(delta.topic().name, i);
        if (!disk_.info(directory)) continue;
        MILLRACE_TRY(setAside(directory));
        any = true;
    }
    // For good, before their names are written down as those of directories that may be removed.
    return any ? disk_.syncDirectory(root_) : ok();
}

/// A directory that no topic of the journal owns: left by a crash, or put there by somebody. Never mixed with a new
/// topic's data, never deleted.
Status TopicDirectories::setAside(const std::filesystem::path& directory) const {
    constexpr std::size_t kNameBytes = 200; // leaves room within the 255 of a file name
    const auto name = directory.filename().string().substr(0, kNameBytes);
    auto aside = directory;
    for (int n = 1; disk_.info(aside); ++n)
        aside = root_ / (name + ".stray." + std::to_string(n));
    log_.warning("", "{} belongs to no topic; moved to {}", directory.string(), aside.string());
    return disk_.rename(directory, aside);
}

void TopicDirectories::removeMoved(const TopicMetadata& gone, const Partition& replica, Executor& lane) const {
    removeBitByBit(disk_, root_ / fmt::format("{}-{}{}", gone.id.text(), replica.index(), kDeleted), lane, log_);
}

Status TopicDirectories::removeRemains(Executor& lane) const {
    auto entries = disk_.list(root_);
    if (!entries) return entries.error();
    for (const FileInfo& info : *entries)
        if (info.directory && info.path.extension() == kDeleted) removeBitByBit(disk_, info.path, lane, log_);
    return ok();
}

} // namespace millrace::broker
