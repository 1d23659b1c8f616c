#include "storage/support/fault_file_system.h"

#include <algorithm>

namespace millrace::storage::testing {

namespace fs = std::filesystem;

struct FaultFileSystem::Node {
    std::vector<std::uint8_t> data;
    std::vector<std::uint8_t> synced;
};

struct FaultFileSystem::State {
    mutable std::mutex mutex;
    std::map<fs::path, std::shared_ptr<Node>> files;
    std::map<fs::path, std::shared_ptr<Node>> syncedNames;
    std::optional<std::uint64_t> writesLeft;
    ErrorCode writeError = ErrorCode::noSpace;
    bool truncatesFail = false;
    bool readsFail = false;
    bool nextSyncFails = false;
    std::uint64_t written = 0;
    int syncs = 0;
};

namespace {

Error failure(ErrorCode code) {
    return {code, "a failure on demand"};
}

class FaultFile final : public File {
public:
    FaultFile(std::shared_ptr<FaultFileSystem::State> state, std::shared_ptr<FaultFileSystem::Node> node)
        : state_(std::move(state)), node_(std::move(node)) {}

    Status append(std::span<const std::uint8_t> data) override {
        const std::lock_guard lock(state_->mutex);
        std::size_t taken = data.size();
        if (state_->writesLeft) taken = static_cast<std::size_t>(std::min<std::uint64_t>(taken, *state_->writesLeft));
        node_->data.insert(node_->data.end(), data.begin(), data.begin() + static_cast<std::ptrdiff_t>(taken));
        state_->written += taken;
        if (state_->writesLeft) *state_->writesLeft -= taken;
        return taken == data.size() ? ok() : Status(failure(state_->writeError));
    }
    Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
        for (const auto& piece : pieces)
            MILLRACE_TRY(append(piece));
        return ok();
    }
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        const std::lock_guard lock(state_->mutex);
        if (state_->readsFail) return failure(ErrorCode::io);
        if (position >= node_->data.size()) return std::size_t(0);
        const std::size_t count = std::min(into.size(), node_->data.size() - static_cast<std::size_t>(position));
        std::copy_n(node_->data.begin() + static_cast<std::ptrdiff_t>(position), count, into.begin());
        return count;
    }
    Status writeAt(std::uint64_t, std::span<const std::uint8_t>) override { return failure(ErrorCode::unsupported); }
    Result<std::uint64_t> size() const override {
        const std::lock_guard lock(state_->mutex);
        return node_->data.size();
    }
    Status truncate(std::uint64_t size) override {
        const std::lock_guard lock(state_->mutex);
        if (state_->truncatesFail) return failure(ErrorCode::io);
        node_->data.resize(size);
        return ok();
    }
    Status sync() override {
        const std::lock_guard lock(state_->mutex);
        ++state_->syncs;
        if (std::exchange(state_->nextSyncFails, false)) return failure(ErrorCode::io);
        node_->synced = node_->data;
        return ok();
    }

private:
    std::shared_ptr<FaultFileSystem::State> state_;
    std::shared_ptr<FaultFileSystem::Node> node_;
};

std::vector<std::uint8_t> afterPowerCut(const FaultFileSystem::Node& node, FaultFileSystem::Unsynced what) {
    const std::size_t kept = std::min(node.synced.size(), node.data.size());
    const std::size_t loose = node.data.size() - kept;
    std::vector<std::uint8_t> data = node.data;
    switch (what) {
    case FaultFileSystem::Unsynced::kept:
        break;
    case FaultFileSystem::Unsynced::lost:
        data.resize(kept);
        break;
    case FaultFileSystem::Unsynced::half:
        data.resize(kept + loose / 2);
        break;
    case FaultFileSystem::Unsynced::noise:
        std::fill(data.begin() + static_cast<std::ptrdiff_t>(kept), data.end(), 0);
        break;
    }
    return data;
}

} // namespace

FaultFileSystem::FaultFileSystem() : state_(std::make_shared<State>()) {}

void FaultFileSystem::failWritesAfter(std::uint64_t bytes, ErrorCode code) {
    const std::lock_guard lock(state_->mutex);
    state_->writesLeft = bytes;
    state_->writeError = code;
}
void FaultFileSystem::failTruncates(bool fail) {
    state_->truncatesFail = fail;
}
void FaultFileSystem::failNextSync() {
    state_->nextSyncFails = true;
}
void FaultFileSystem::failReads(bool fail) {
    state_->readsFail = fail;
}
void FaultFileSystem::heal() {
    const std::lock_guard lock(state_->mutex);
    state_->writesLeft.reset();
    state_->truncatesFail = state_->readsFail = state_->nextSyncFails = false;
}
std::uint64_t FaultFileSystem::bytesWritten() const {
    return state_->written;
}
int FaultFileSystem::syncs() const {
    return state_->syncs;
}

std::unique_ptr<FaultFileSystem> FaultFileSystem::crash(Unsynced what) const {
    auto after = std::make_unique<FaultFileSystem>();
    const std::lock_guard lock(state_->mutex);
    for (const auto& [path, node] : what == Unsynced::kept ? state_->files : state_->syncedNames)
        after->setContent(path, afterPowerCut(*node, what));
    return after;
}

std::vector<std::uint8_t> FaultFileSystem::content(const fs::path& path) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->files.find(path);
    return found == state_->files.end() ? std::vector<std::uint8_t>() : found->second->data;
}
void FaultFileSystem::setContent(const fs::path& path, std::vector<std::uint8_t> data) {
    const std::lock_guard lock(state_->mutex);
    auto node = std::make_shared<Node>(Node{data, data});
    state_->files[path] = node;
    state_->syncedNames[path] = node;
}
std::vector<std::string> FaultFileSystem::names(const fs::path& directory) const {
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> names;
    for (const auto& [path, node] : state_->files)
        if (path.parent_path() == directory) names.push_back(path.filename().string());
    return names;
}

Result<std::unique_ptr<File>> FaultFileSystem::open(const fs::path& path, OpenMode mode) {
    const std::lock_guard lock(state_->mutex);
    auto found = state_->files.find(path);
    const bool there = found != state_->files.end();
    if (!there && (mode == OpenMode::read || mode == OpenMode::readWrite))
        return Error{ErrorCode::notFound, path.string()};
    if (there && mode == OpenMode::createNew) return Error{ErrorCode::alreadyExists, path.string()};
    if (!there) found = state_->files.emplace(path, std::make_shared<Node>()).first;
    if (mode == OpenMode::truncate) found->second->data.clear();
    return std::unique_ptr<File>(std::make_unique<FaultFile>(state_, found->second));
}
Result<FileInfo> FaultFileSystem::info(const fs::path& path) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->files.find(path);
    if (found == state_->files.end()) return Error{ErrorCode::notFound, path.string()};
    return FileInfo{path, found->second->data.size(), 0, 0, 0, false};
}
Result<std::vector<FileInfo>> FaultFileSystem::list(const fs::path& directory) const {
    const std::lock_guard lock(state_->mutex);
    std::vector<FileInfo> entries;
    for (const auto& [path, node] : state_->files)
        if (path.parent_path() == directory) entries.push_back({path, node->data.size(), 0, 0, 0, false});
    return entries;
}
Status FaultFileSystem::makeDirectories(const fs::path&) {
    return ok();
}
Status FaultFileSystem::rename(const fs::path& from, const fs::path& to) {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->files.find(from);
    if (found == state_->files.end()) return Error{ErrorCode::notFound, from.string()};
    state_->files[to] = found->second;
    state_->files.erase(found);
    return ok();
}
Status FaultFileSystem::remove(const fs::path& path) {
    const std::lock_guard lock(state_->mutex);
    state_->files.erase(path);
    return ok();
}
Status FaultFileSystem::syncDirectory(const fs::path& directory) {
    const std::lock_guard lock(state_->mutex);
    const auto here = [&](const auto& entry) { return entry.first.parent_path() == directory; };
    std::erase_if(state_->syncedNames, here);
    for (const auto& entry : state_->files)
        if (here(entry)) state_->syncedNames.insert(entry);
    return ok();
}
Result<std::uint64_t> FaultFileSystem::freeBytes(const fs::path&) const {
    return std::uint64_t(1) << 40;
}

} // namespace millrace::storage::testing
