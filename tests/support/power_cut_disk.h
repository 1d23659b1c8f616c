#pragma once

#include "base/file_system.h"
#include "support/disk_image.h"

#include <limits>
#include <mutex>
#include <optional>
#include <string_view>

namespace millrace::test {

/// A disk in memory, with directories, that loses its power at a chosen step or byte and knows what may be left then:
/// content counts from sync(), names from syncDirectory(), and of what came later a front part may have got through. It
/// fails on demand, too. Safe from several threads.
class PowerCutDisk : public FileSystem {
public:
    // Power cuts.

    /// From the step on that has this number (from 0) nothing works; the write under way is done by half.
    void cutAt(int step) { cut_ = step; }
    /// The same once so many bytes more are written, in the middle of a write.
    void cutAfter(std::uint64_t bytes) { cutByte_ = written_ + bytes; }
    /// How many changes were asked for.
    int steps() const { return steps_; }
    bool hasPower() const { return !(cut_ && steps_ > *cut_) && !(cutByte_ && written_ >= *cutByte_); }
    /// What is there when the power comes back; this disk must not be used any more.
    std::unique_ptr<PowerCutDisk> afterLoss(Loss loss) const {
        const std::lock_guard lock(mutex_);
        auto after = std::make_unique<PowerCutDisk>();
        after->root_ = root_->left(loss);
        return after;
    }

    // Failures.

    /// Of the bytes of a sync that fails.
    static constexpr std::size_t kNone = 0, kAll = std::numeric_limits<std::size_t>::max();
    /// The sync with this number (from 0) fails. The first `reached` bytes that it should have written are on the disk,
    /// the others never get there, though the later ones succeed.
    void failSync(int number, std::size_t reached = kNone) {
        failing_ = number;
        reached_ = reached;
    }
    void failNextSync(std::size_t reached = kNone) { failSync(syncs_, reached); }
    /// How many syncs of files were asked for.
    int syncs() const { return syncs_; }
    bool syncFailedSince(int number) const { return failing_ >= number && failing_ < syncs_; }
    /// From now on writes take `bytes` more, the one that goes beyond is cut short and fails with `code`.
    void failWritesAfter(std::uint64_t bytes, ErrorCode code = ErrorCode::noSpace) {
        const std::lock_guard lock(mutex_);
        room_ = bytes;
        writeError_ = code;
    }
    void failTruncates(bool fail) { truncatesFail_ = fail; }
    /// Reads fail like those of a dying disk.
    void failReads(bool fail) { readsFail_ = fail; }
    void heal() {
        const std::lock_guard lock(mutex_);
        room_.reset();
        truncatesFail_ = readsFail_ = false;
        failing_ = -1;
    }
    std::uint64_t bytesWritten() const { return written_; }
    void countAnew() { steps_ = syncs_ = 0; }

    // What is on it.

    std::vector<std::string> directoriesIn(const std::filesystem::path& path) const { return namesIn(path, true); }
    /// Of files.
    std::vector<std::string> names(const std::filesystem::path& path) const { return namesIn(path, false); }
    /// Empty when there is no such file.
    std::vector<std::uint8_t> content(const std::filesystem::path& path) const {
        const std::lock_guard lock(mutex_);
        const auto node = find(path);
        return node ? node->data : std::vector<std::uint8_t>();
    }
    /// For good, its directory too.
    void setContent(const std::filesystem::path& path, std::vector<std::uint8_t> data) {
        const std::lock_guard lock(mutex_);
        (void)makeDirectoriesForGood(path.parent_path()).has_value();
        auto node = std::make_shared<DiskNode>();
        node->data = node->synced = std::move(data);
        find(path.parent_path())->entries[path.filename().string()] = node;
        find(path.parent_path())->syncedEntries[path.filename().string()] = node;
    }

    /// As setContent(), behind what is there: by another program, which has its own care.
    void appendForGood(const std::filesystem::path& path, std::string_view text) {
        const std::lock_guard lock(mutex_);
        if (!find(path)) setContent(path, {});
        const auto node = find(path);
        node->write(node->data.size(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
        node->sync();
    }

    // The disk.

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override {
        const std::lock_guard lock(mutex_);
        const auto parent = find(path.parent_path());
        if (!parent || !parent->directory) return notFound(path);
        auto node = find(path);
        if (node && node->directory) return Error{ErrorCode::io, path.string() + " is a directory"};
        const bool needed = mode == OpenMode::read || mode == OpenMode::readWrite;
        if (!node && needed) return notFound(path);
        if (node && mode == OpenMode::createNew) return Error{ErrorCode::alreadyExists, path.string()};
        if (!node) {
            MILLRACE_TRY(step());
            node = std::make_shared<DiskNode>();
            parent->change({{path.filename().string(), node}});
        } else if (mode == OpenMode::truncate) {
            MILLRACE_TRY(step());
            node->truncate(0);
        }
        return std::unique_ptr<File>(std::make_unique<OpenFile>(*this, std::move(node)));
    }
    Result<FileInfo> info(const std::filesystem::path& path) const override {
        const std::lock_guard lock(mutex_);
        const auto node = find(path);
        if (!node) return notFound(path);
        return infoOf(path, *node);
    }
    Result<std::vector<FileInfo>> list(const std::filesystem::path& path) const override {
        const std::lock_guard lock(mutex_);
        const auto node = find(path);
        if (!node || !node->directory) return notFound(path);
        std::vector<FileInfo> all;
        for (const auto& [name, entry] : node->entries)
            all.push_back(infoOf(path / name, *entry));
        return all;
    }
    Status makeDirectories(const std::filesystem::path& path) override {
        const std::lock_guard lock(mutex_);
        if (const auto there = find(path)) return there->directory ? ok() : Status(notFound(path));
        MILLRACE_TRY(makeDirectories(path.parent_path()));
        MILLRACE_TRY(step());
        find(path.parent_path())->change({{path.filename().string(), DiskNode::makeDirectory()}});
        return ok();
    }
    /// Within one directory.
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        const std::lock_guard lock(mutex_);
        const auto node = find(from);
        if (!node) return notFound(from);
        MILLRACE_TRY(step());
        find(from.parent_path())->change({{from.filename().string(), nullptr}, {to.filename().string(), node}});
        return ok();
    }
    Status remove(const std::filesystem::path& path) override {
        const std::lock_guard lock(mutex_);
        if (!find(path)) return ok();
        MILLRACE_TRY(step());
        find(path.parent_path())->change({{path.filename().string(), nullptr}});
        return ok();
    }
    Status syncDirectory(const std::filesystem::path& path) override {
        const std::lock_guard lock(mutex_);
        const auto node = find(path);
        if (!node) return notFound(path);
        MILLRACE_TRY(step());
        node->syncNames();
        return ok();
    }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path&) override {
        return std::make_unique<FileLock>(); // nobody else can see this disk
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path&) const override { return std::uint64_t(1) << 40; }

private:
    class OpenFile final : public File {
    public:
        OpenFile(PowerCutDisk& disk, DiskNode::Ptr node) : disk_(disk), node_(std::move(node)) {}
        Status append(std::span<const std::uint8_t> data) override {
            const std::lock_guard lock(disk_.mutex_);
            return disk_.put(*node_, node_->data.size(), data);
        }
        Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
            std::vector<std::uint8_t> all;
            for (const auto& piece : pieces)
                all.insert(all.end(), piece.begin(), piece.end());
            return append(all);
        }
        Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
            const std::lock_guard lock(disk_.mutex_);
            if (disk_.readsFail_) return failure(ErrorCode::io);
            if (position >= node_->data.size()) return std::size_t(0);
            const std::size_t count = std::min<std::size_t>(into.size(), node_->data.size() - position);
            std::copy_n(node_->data.begin() + static_cast<std::ptrdiff_t>(position), count, into.begin());
            return count;
        }
        Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
            const std::lock_guard lock(disk_.mutex_);
            return disk_.put(*node_, position, data);
        }
        Result<std::uint64_t> size() const override {
            const std::lock_guard lock(disk_.mutex_);
            return node_->data.size();
        }
        Status truncate(std::uint64_t size) override {
            const std::lock_guard lock(disk_.mutex_);
            MILLRACE_TRY(disk_.step());
            if (disk_.truncatesFail_) return failure(ErrorCode::io);
            node_->truncate(size);
            return ok();
        }
        Status sync() override {
            const std::lock_guard lock(disk_.mutex_);
            MILLRACE_TRY(disk_.step());
            if (disk_.syncs_++ == disk_.failing_) {
                node_->syncInPart(disk_.reached_);
                return failure(ErrorCode::io);
            }
            node_->sync();
            return ok();
        }

    private:
        PowerCutDisk& disk_;
        DiskNode::Ptr node_;
    };

    static Error notFound(const std::filesystem::path& path) { return {ErrorCode::notFound, path.string()}; }
    static Error failure(ErrorCode code) { return {code, "a failure on demand"}; }
    static FileInfo infoOf(const std::filesystem::path& path, const DiskNode& node) {
        return {path, node.data.size(), 0, 1, node.inode, node.directory};
    }
    DiskNode::Ptr find(const std::filesystem::path& path) const { return DiskNode::find(root_, path); }
    Status step() {
        ++steps_;
        return hasPower() ? ok() : Status(Error{ErrorCode::io, "no power"});
    }
    Status put(DiskNode& node, std::uint64_t position, std::span<const std::uint8_t> data) {
        const bool hadPower = hasPower();
        Status result = step();
        std::uint64_t count = result ? data.size() : hadPower ? data.size() / 2 : 0;
        if (result && cutByte_ && *cutByte_ - written_ <= count) {
            count = *cutByte_ - written_;
            result = Error{ErrorCode::io, "no power"};
        } else if (room_ && *room_ < count) {
            count = *room_;
            result = failure(writeError_);
        }
        if (room_) *room_ -= count;
        written_ += count;
        node.write(position, data.data(), count);
        return result;
    }
    std::vector<std::string> namesIn(const std::filesystem::path& path, bool directories) const {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> names;
        if (const auto node = find(path))
            for (const auto& [name, entry] : node->entries)
                if (entry->directory == directories) names.push_back(name);
        return names;
    }

    mutable std::recursive_mutex mutex_;
    DiskNode::Ptr root_ = DiskNode::makeDirectory();
    std::optional<int> cut_;
    std::optional<std::uint64_t> cutByte_;
    int failing_ = -1;
    std::size_t reached_ = kNone;
    std::optional<std::uint64_t> room_;
    ErrorCode writeError_ = ErrorCode::noSpace;
    bool truncatesFail_ = false;
    bool readsFail_ = false;
    std::uint64_t written_ = 0;
    int steps_ = 0;
    int syncs_ = 0;
};

} // namespace millrace::test
