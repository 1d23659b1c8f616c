#include "flume/sinks/hdfs/local_store.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

FileStore::Outcome ended(Status status) {
    return [status = std::move(status)] { return status; };
}

std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

FileStore::Outcome LocalStore::create(const std::string& path, std::string_view bytes) {
    const std::filesystem::path file = placeOf(path);
    if (Status made = disk_.makeDirectoriesForGood(file.parent_path()); !made) return ended(std::move(made));
    auto created = disk_.open(file, OpenMode::createNew);
    if (!created) return ended(std::move(created).error());
    if (Status written = (*created)->append(bytesOf(bytes)); !written) {
        (void)disk_.remove(file).has_value();
        return ended(std::move(written));
    }
    File& open = *(open_[path] = std::move(*created));
    return [this, path, file, &open]() -> Status {
        Status synced = open.sync();
        if (synced) synced = disk_.syncDirectory(file.parent_path());
        if (synced) return ok();
        open_.erase(path);
        (void)disk_.remove(file).has_value();
        return synced;
    };
}

FileStore::Outcome LocalStore::append(const std::string& path, std::string_view bytes) {
    File& file = *open_.at(path);
    if (Status written = file.append(bytesOf(bytes)); !written) return ended(std::move(written));
    return [&file] { return file.sync(); };
}

FileStore::Outcome LocalStore::cutBack(const std::string& path, std::uint64_t size) {
    const auto there = disk_.info(placeOf(path));
    open_.erase(path);
    if (!there) return ended(size == 0 && there.error().code == ErrorCode::notFound ? ok() : Status(there.error()));
    if (size == 0) {
        Status removed = disk_.remove(placeOf(path));
        if (!removed) return ended(std::move(removed));
        return [this, path] { return disk_.syncDirectory(placeOf(path).parent_path()); };
    }
    if (there->size <= size) return ended(ok());
    auto opened = disk_.open(placeOf(path), OpenMode::readWrite);
    if (!opened) return ended(std::move(opened).error());
    if (Status cut = (*opened)->truncate(size); !cut) return ended(std::move(cut));
    return ended((*opened)->sync());
}

FileStore::Outcome LocalStore::rename(const std::string& from, const std::string& to) {
    open_.erase(from);
    const std::filesystem::path target = placeOf(to);
    if (disk_.info(target))
        return ended(
            Error{ErrorCode::alreadyExists, fmt::format("{} is there already, written by another", target.string())});
    if (Status renamed = disk_.rename(placeOf(from), target); !renamed) return ended(std::move(renamed));
    return [this, target] { return disk_.syncDirectory(target.parent_path()); };
}

} // namespace millrace::flume
