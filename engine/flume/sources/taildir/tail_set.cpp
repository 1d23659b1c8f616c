#include "flume/sources/taildir/tail_set.h"

#include "flume/support/directory_watcher.h"

#include <algorithm>
#include <array>
#include <set>

namespace millrace::flume {
namespace {

/// Far below the usual limit of 1,024 descriptors; files beyond it are opened when their turn comes.
constexpr std::size_t kMostOpen = 256;

bool looksCompressed(const std::string& name) {
    constexpr std::array<std::string_view, 6> kEndings{".gz", ".bz2", ".xz", ".zst", ".lz4", ".zip"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return name.ends_with(ending); });
}

} // namespace

TailSet::TailSet(const ComponentServices& services, std::vector<TailGroup> groups,
                 std::optional<std::string> fileHeader)
    : disk_(*services.disk),
      log_(*services.log),
      clock_(*services.clock),
      node_(services.id),
      groups_(std::move(groups)),
      fileHeader_(std::move(fileHeader)) {}

std::vector<std::filesystem::path> TailSet::directories() const {
    std::set<std::filesystem::path> unique;
    for (const auto& group : groups_)
        unique.insert(group.directory);
    return {unique.begin(), unique.end()};
}

void TailSet::restore(std::vector<TailPosition> positions) {
    for (auto& entry : positions)
        restored_[{std::move(entry.file), entry.inode}] = entry.position;
}

HeaderSetPtr TailSet::headersFor(const TailGroup& group, const std::filesystem::path& path) const {
    HeaderSet headers = group.headers;
    if (fileHeader_) headers = headers.with(*fileHeader_, path.string());
    return std::make_shared<const HeaderSet>(std::move(headers));
}

TailGroup* TailSet::groupOf(const std::filesystem::path& path) {
    for (auto& group : groups_)
        if (group.directory == path.parent_path() && group.pattern.matches(path.filename().string())) return &group;
    return nullptr;
}

Status TailSet::scan(const std::filesystem::path& directory, bool newAtEnd) {
    auto entries = disk_.list(directory);
    if (!entries) return std::move(entries).error();
    std::sort(entries->begin(), entries->end(), [](const FileInfo& a, const FileInfo& b) {
        return a.modifiedMs != b.modifiedMs ? a.modifiedMs < b.modifiedMs : a.path < b.path;
    });
    std::set<const TailFile*> present;
    for (auto& group : groups_) {
        if (group.directory != directory) continue;
        for (const FileInfo& info : *entries)
            if (!info.directory && group.pattern.matches(info.path.filename().string()))
                present.insert(follow(info, group, newAtEnd));
    }
    std::vector<TailFile*> gone;
    for (const auto& [key, file] : files_)
        if (!file->detached && file->path.parent_path() == directory && !present.contains(file.get()))
            gone.push_back(file.get());
    for (TailFile* file : gone)
        letGo(*file);
    followRenamedWhileAway(directory, *entries);
    return ok();
}

TailFile* TailSet::follow(const FileInfo& info, const TailGroup& group, bool newAtEnd) {
    const Key key{info.device, info.inode};
    auto& slot = files_[key];
    if (!slot) {
        const auto known = restored_.extract({info.path.string(), info.inode});
        slot = std::make_unique<TailFile>();
        slot->device = info.device;
        slot->inode = info.inode;
        if (known)
            slot->position = known.mapped();
        else if (newAtEnd)
            slot->position = info.size;
        slot->size = slot->position;
        if (DirectoryWatcher::isLink(info.path)) linked_.insert(group.directory);
        rename(*slot, info.path);
        slot->headers = headersFor(group, info.path);
    } else if (slot->path != info.path) {
        // The inode under another name, and no rename was seen: it may have been given to a new file.
        const auto other = disk_.info(slot->path);
        const bool hardLink = other && other->inode == info.inode && other->device == info.device;
        if (!hardLink) {
            reader_.forget(*slot);
            slot->position = 0;
            slot->size = 0;
            slot->handle.reset();
            std::erase(open_, slot.get());
            rename(*slot, info.path);
            slot->headers = headersFor(group, info.path);
        }
    }
    if (slot->detached) {
        slot->detached = false;
        --detached_;
    }
    refresh(*slot, info.size);
    return slot.get();
}

/// Files of an earlier run that were renamed out of the pattern in between (`access.log` to `.access.log.1`): their
/// rest is read too. Flume leaves it. An inode alone proves little, so the new name must contain the old one.
void TailSet::followRenamedWhileAway(const std::filesystem::path& directory, const std::vector<FileInfo>& entries) {
    for (auto entry = restored_.begin(); entry != restored_.end();) {
        const auto& [oldPath, inode] = entry->first;
        const std::filesystem::path old(oldPath);
        if (old.parent_path() != directory) {
            ++entry;
            continue;
        }
        const TailGroup* group = groupOf(old);
        for (const FileInfo& info : entries) {
            const std::string name = info.path.filename().string();
            if (!group || info.directory || info.inode != inode || info.size <= entry->second ||
                name.find(old.filename().string()) == std::string::npos || looksCompressed(name) ||
                files_.contains({info.device, info.inode}))
                continue;
            auto& slot = files_[{info.device, info.inode}];
            slot = std::make_unique<TailFile>();
            slot->device = info.device;
            slot->inode = info.inode;
            slot->position = slot->size = entry->second;
            slot->path = info.path;
            slot->headers = headersFor(*group, old);
            slot->detached = true;
            ++detached_;
            refresh(*slot, info.size);
        }
        entry = restored_.erase(entry);
    }
}

void TailSet::rename(TailFile& file, const std::filesystem::path& path) {
    if (const auto found = byPath_.find(file.path.string()); found != byPath_.end() && found->second == &file)
        byPath_.erase(found);
    file.path = path;
    byPath_[path.string()] = &file;
}

void TailSet::refresh(TailFile& file, std::uint64_t size) {
    if (size < file.position) {
        log_.info(node_, "{} was cut to {} bytes; it is read from its beginning", file.path.string(), size);
        reader_.forget(file);
        file.position = 0;
    }
    if (size != file.size) file.lastActivity = clock_.now();
    file.size = size;
    if (file.unread()) enqueue(file);
}

void TailSet::noteWritten(const std::filesystem::path& path) {
    const auto found = byPath_.find(path.string());
    if (found == byPath_.end()) return;
    TailFile& file = *found->second;
    const auto info = disk_.info(path);
    // Another file under this name already: the listing that comes with it sorts it out.
    if (!info || info->inode != file.inode || info->device != file.device) return;
    refresh(file, info->size);
}

void TailSet::noteRenamed(const std::filesystem::path& from, const std::filesystem::path& to) {
    const auto found = byPath_.find(from.string());
    if (found == byPath_.end()) return;
    TailFile& file = *found->second;
    const auto info = disk_.info(to);
    if (!info || info->inode != file.inode || info->device != file.device) return;
    rename(file, to);
    if (const TailGroup* group = groupOf(to)) {
        file.headers = headersFor(*group, to);
        refresh(file, info->size);
    } else {
        refresh(file, info->size);
        letGo(file);
    }
}

void TailSet::letGo(TailFile& file) {
    if (file.handle || file.unread())
        detach(file);
    else
        forget(file);
}

void TailSet::detach(TailFile& file) {
    if (!file.detached) {
        file.detached = true;
        ++detached_;
    }
    file.lastActivity = clock_.now();
    if (open(file)) return; // by its new name, if there is one
    log_.warning(node_, "{} is gone before {} bytes of it were read", file.path.string(), file.size - file.position);
    forget(file);
}

void TailSet::lookAtDetached() {
    std::vector<TailFile*> detached;
    for (const auto& [key, file] : files_)
        if (file->detached) detached.push_back(file.get());
    for (TailFile* file : detached) {
        if (!file->handle) {
            close(*file);
            continue;
        }
        if (const auto size = file->handle->size()) refresh(*file, *size);
    }
}

void TailSet::enqueue(TailFile& file) {
    if (!file.handle && open_.size() < kMostOpen) open(file);
    if (file.queued) return;
    file.queued = true;
    file.batchesInRow = 0;
    unread_.push_back(&file);
}

bool TailSet::open(TailFile& file) {
    if (file.handle) return true;
    if (open_.size() >= kMostOpen) {
        const auto oldest = std::min_element(open_.begin(), open_.end(), [](const TailFile* a, const TailFile* b) {
            if (a->detached != b->detached) return b->detached;
            return a->lastActivity < b->lastActivity;
        });
        (*oldest)->handle.reset();
        open_.erase(oldest);
    }
    auto handle = disk_.open(file.path, OpenMode::read);
    const auto info = disk_.info(file.path);
    // Another file may have taken the name by now.
    if (!handle || !info || info->inode != file.inode || info->device != file.device) {
        if (!handle && !file.complained) log_.warning(node_, "{}", handle.error().message);
        file.complained = true;
        return false;
    }
    file.complained = false;
    file.handle = std::move(*handle);
    if (file.lastActivity == MonotonicTime{}) file.lastActivity = clock_.now();
    open_.push_back(&file);
    return true;
}

TailFile* TailSet::current() {
    while (!unread_.empty()) {
        TailFile& file = *unread_.front();
        if (open(file)) return &file;
        done();
        if (file.detached) close(file); // deleted before it could be opened
    }
    return nullptr;
}

void TailSet::rotate() {
    TailFile* file = unread_.front();
    unread_.pop_front();
    file->batchesInRow = 0;
    unread_.push_back(file);
}

void TailSet::done() {
    unread_.front()->queued = false;
    unread_.pop_front();
}

TailFile* TailSet::closeIdle(MonotonicTime limit) {
    for (std::size_t i = 0; i < open_.size();) {
        TailFile& file = *open_[i];
        if (file.queued || file.lastActivity > limit) {
            ++i;
            continue;
        }
        if (file.unread()) return &file;
        close(file);
    }
    return nullptr;
}

void TailSet::close(TailFile& file) {
    reader_.forget(file);
    file.handle.reset();
    std::erase(open_, &file);
    if (file.detached) forget(file);
}

void TailSet::forget(TailFile& file) {
    reader_.forget(file);
    std::erase(open_, &file);
    std::erase(unread_, &file);
    if (file.detached) --detached_;
    if (const auto found = byPath_.find(file.path.string()); found != byPath_.end() && found->second == &file)
        byPath_.erase(found);
    files_.erase({file.device, file.inode});
}

std::optional<MonotonicTime> TailSet::oldestActivity() const {
    std::optional<MonotonicTime> oldest;
    for (const TailFile* file : open_)
        if (!file->queued && (!oldest || file->lastActivity < *oldest)) oldest = file->lastActivity;
    return oldest;
}

std::vector<TailPosition> TailSet::positions() const {
    std::vector<TailPosition> result;
    for (const auto& [key, file] : files_)
        result.push_back({file->inode, file->position, file->path.string()});
    return result;
}

} // namespace millrace::flume
