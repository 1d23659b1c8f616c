#pragma once

#include "base/file_system.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace millrace::test {

/// A disk in memory, with directories, that loses its power at a chosen step and knows what may be left then: content
/// counts from sync(), names from syncDirectory(), and of what came later a front part may have got through. One
/// thread.
class PowerCutDisk final : public FileSystem {
    struct Node;
    using NodePtr = std::shared_ptr<Node>;
    using Entries = std::map<std::string, NodePtr>;
    /// One change of names that reaches the disk as a whole: a rename takes one away and sets another.
    using NameChange = std::vector<std::pair<std::string, NodePtr>>;
    struct Node {
        bool directory = false;
        std::vector<std::uint8_t> data, synced;
        std::vector<std::pair<std::size_t, std::size_t>> dropped; ///< by failed syncs: never reach the disk
        Entries entries, syncedEntries;
        std::vector<NameChange> pending; ///< between the two, in order
    };

public:
    /// What of the unsynced is on the disk afterwards.
    enum class Loss {
        everything, ///< nothing of it
        content,    ///< all names are there, their unsynced bytes are not
        names,      ///< all bytes are there, no name
        half,       ///< the front half of each file's bytes, and of each directory's changes
        noise,      ///< names and lengths are there, the bytes are zeros
        nothing,    ///< all of it is there, as when only the process died
    };
    static constexpr Loss kLosses[] = {Loss::everything, Loss::content, Loss::names,
                                       Loss::half,       Loss::noise,   Loss::nothing};

    /// From the step on that has this number (from 0) nothing works; the write under way is done by half.
    void cutAt(int step) { cut_ = step; }
    /// The sync with this number (from 0) fails, and what it should have written never reaches the disk, though the
    /// later ones succeed.
    void failSync(int number) { failing_ = number; }
    /// How many changes were asked for; how many of them were syncs of files.
    int steps() const { return steps_; }
    int syncs() const { return syncs_; }
    bool syncFailedSince(int number) const { return failing_ >= number && failing_ < syncs_; }
    bool hasPower() const { return !cut_ || steps_ <= *cut_; }
    void countAnew() { steps_ = syncs_ = 0; }

    /// What is there when the power comes back; this disk must not be used any more.
    std::unique_ptr<PowerCutDisk> afterLoss(Loss loss) const {
        auto after = std::make_unique<PowerCutDisk>();
        after->root_ = left(*root_, loss);
        return after;
    }
    std::vector<std::string> directoriesIn(const std::filesystem::path& path) const {
        std::vector<std::string> names;
        if (const NodePtr node = find(path))
            for (const auto& [name, entry] : node->entries)
                if (entry->directory) names.push_back(name);
        return names;
    }

    Result<std::unique_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override {
        const NodePtr parent = find(path.parent_path());
        if (!parent || !parent->directory) return notFound(path);
        NodePtr node = find(path);
        if (node && node->directory) return Error{ErrorCode::io, path.string() + " is a directory"};
        const bool needed = mode == OpenMode::read || mode == OpenMode::readWrite;
        if (!node && needed) return notFound(path);
        if (node && mode == OpenMode::createNew) return Error{ErrorCode::alreadyExists, path.string()};
        if (!node) {
            MILLRACE_TRY(step());
            node = std::make_shared<Node>();
            change(*parent, {{path.filename().string(), node}});
        } else if (mode == OpenMode::truncate) {
            MILLRACE_TRY(step());
            node->data.clear();
        }
        return std::unique_ptr<File>(std::make_unique<OpenFile>(*this, std::move(node)));
    }
    Result<FileInfo> info(const std::filesystem::path& path) const override {
        const NodePtr node = find(path);
        if (!node) return notFound(path);
        return FileInfo{path, node->data.size(), 0, 0, 0, node->directory};
    }
    Result<std::vector<FileInfo>> list(const std::filesystem::path& path) const override {
        const NodePtr node = find(path);
        if (!node || !node->directory) return notFound(path);
        std::vector<FileInfo> all;
        for (const auto& [name, entry] : node->entries)
            all.push_back({path / name, entry->data.size(), 0, 0, 0, entry->directory});
        return all;
    }
    Status makeDirectories(const std::filesystem::path& path) override {
        if (const NodePtr there = find(path)) return there->directory ? ok() : Status(notFound(path));
        MILLRACE_TRY(makeDirectories(path.parent_path()));
        MILLRACE_TRY(step());
        auto node = std::make_shared<Node>();
        node->directory = true;
        change(*find(path.parent_path()), {{path.filename().string(), node}});
        return ok();
    }
    /// Within one directory.
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        const NodePtr node = find(from);
        if (!node) return notFound(from);
        MILLRACE_TRY(step());
        change(*find(from.parent_path()), {{from.filename().string(), nullptr}, {to.filename().string(), node}});
        return ok();
    }
    Status remove(const std::filesystem::path& path) override {
        if (!find(path)) return ok();
        MILLRACE_TRY(step());
        change(*find(path.parent_path()), {{path.filename().string(), nullptr}});
        return ok();
    }
    Status syncDirectory(const std::filesystem::path& path) override {
        const NodePtr node = find(path);
        if (!node) return notFound(path);
        MILLRACE_TRY(step());
        node->syncedEntries = node->entries;
        node->pending.clear();
        return ok();
    }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path&) override {
        return std::make_unique<FileLock>(); // nobody else can see this disk
    }
    Result<std::uint64_t> freeBytes(const std::filesystem::path&) const override { return std::uint64_t(1) << 40; }

private:
    class OpenFile final : public File {
    public:
        OpenFile(PowerCutDisk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
        Status append(std::span<const std::uint8_t> data) override { return put(node_->data.size(), data); }
        Status appendAll(std::span<const std::span<const std::uint8_t>> pieces) override {
            std::vector<std::uint8_t> all;
            for (const auto& piece : pieces)
                all.insert(all.end(), piece.begin(), piece.end());
            return append(all);
        }
        Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
            if (position >= node_->data.size()) return std::size_t(0);
            const std::size_t count = std::min<std::size_t>(into.size(), node_->data.size() - position);
            std::copy_n(node_->data.begin() + static_cast<std::ptrdiff_t>(position), count, into.begin());
            return count;
        }
        Status writeAt(std::uint64_t position, std::span<const std::uint8_t> data) override {
            return put(position, data);
        }
        Result<std::uint64_t> size() const override { return node_->data.size(); }
        Status truncate(std::uint64_t size) override {
            MILLRACE_TRY(disk_.step());
            node_->data.resize(size);
            return ok();
        }
        Status sync() override {
            MILLRACE_TRY(disk_.step());
            if (disk_.syncs_++ == disk_.failing_) {
                node_->dropped.emplace_back(node_->synced.size(), node_->data.size());
                return Error{ErrorCode::io, "a sync that fails"};
            }
            node_->synced = node_->data;
            for (const auto& [from, end] : node_->dropped)
                for (std::size_t i = from; i < std::min(end, node_->synced.size()); ++i)
                    node_->synced[i] = 0;
            return ok();
        }

    private:
        Status put(std::uint64_t position, std::span<const std::uint8_t> data) {
            const Status powered = disk_.step();
            const auto count = powered ? data.size() : disk_.justCut() ? data.size() / 2 : 0;
            auto& bytes = node_->data;
            if (bytes.size() < position + count) bytes.resize(position + count);
            std::copy_n(data.begin(), count, bytes.begin() + static_cast<std::ptrdiff_t>(position));
            return powered;
        }
        PowerCutDisk& disk_;
        NodePtr node_;
    };

    static Error notFound(const std::filesystem::path& path) { return {ErrorCode::notFound, path.string()}; }
    Status step() {
        const int number = steps_++;
        if (cut_ && number >= *cut_) return Error{ErrorCode::io, "no power"};
        return ok();
    }
    bool justCut() const { return cut_ && steps_ - 1 == *cut_; }
    NodePtr find(const std::filesystem::path& path) const {
        NodePtr node = root_;
        for (const auto& part : path.relative_path()) {
            const auto entry = node->entries.find(part.string());
            if (entry == node->entries.end()) return nullptr;
            node = entry->second;
        }
        return node;
    }
    static void apply(Entries& entries, const NameChange& change) {
        for (const auto& [name, node] : change) {
            if (node)
                entries[name] = node;
            else
                entries.erase(name);
        }
    }
    static void change(Node& directory, NameChange change) {
        apply(directory.entries, change);
        directory.pending.push_back(std::move(change));
    }
    static std::vector<std::uint8_t> contentLeft(const Node& node, Loss loss) {
        if (loss == Loss::nothing || loss == Loss::names) return node.data;
        std::vector<std::uint8_t> left = node.synced;
        if (loss == Loss::half && node.data.size() > left.size())
            left.insert(left.end(), node.data.begin() + static_cast<std::ptrdiff_t>(left.size()),
                        node.data.begin() + static_cast<std::ptrdiff_t>((left.size() + node.data.size()) / 2));
        if (loss == Loss::noise) left.resize(std::max(left.size(), node.data.size()));
        return left;
    }
    static NodePtr left(const Node& node, Loss loss) {
        auto copy = std::make_shared<Node>();
        copy->directory = node.directory;
        copy->data = copy->synced = contentLeft(node, loss);
        Entries entries = node.syncedEntries;
        const bool none = loss == Loss::everything || loss == Loss::names;
        const std::size_t through = none ? 0 : loss == Loss::half ? node.pending.size() / 2 : node.pending.size();
        for (std::size_t i = 0; i < through; ++i)
            apply(entries, node.pending[i]);
        for (const auto& [name, entry] : entries)
            copy->entries[name] = left(*entry, loss);
        copy->syncedEntries = copy->entries;
        return copy;
    }
    static NodePtr emptyDirectory() {
        auto node = std::make_shared<Node>();
        node->directory = true;
        return node;
    }

    NodePtr root_ = emptyDirectory();
    std::optional<int> cut_;
    int failing_ = -1;
    int steps_ = 0;
    int syncs_ = 0;
};

} // namespace millrace::test
