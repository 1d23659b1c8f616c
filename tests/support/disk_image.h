#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace millrace::test {

/// What of the unsynced is on the disk after a power cut.
enum class Loss {
    everything, ///< nothing of it
    content,    ///< all names are there, their unsynced bytes are not
    names,      ///< all bytes are there, no name
    half,       ///< the front half of each file's bytes, and of each directory's changes
    torn,       ///< all names are there, and the front half of each file's bytes
    noise,      ///< names and lengths are there, the bytes are zeros
    nothing,    ///< all of it is there, as when only the process died
};
inline constexpr Loss kLosses[] = {Loss::everything, Loss::content, Loss::names,  Loss::half,
                                   Loss::torn,       Loss::noise,   Loss::nothing};

/// A file or a directory as programs see it, and what of it is on stable storage.
struct DiskNode {
    using Ptr = std::shared_ptr<DiskNode>;
    using Entries = std::map<std::string, Ptr>;
    /// One change of names that reaches the disk as a whole: a rename takes one away and sets another.
    using NameChange = std::vector<std::pair<std::string, Ptr>>;

    bool directory = false;
    std::uint64_t inode = nextInode();
    std::vector<std::uint8_t> data, synced;
    std::vector<std::pair<std::size_t, std::size_t>> dropped; ///< by failed syncs: reach the disk when written again
    Entries entries, syncedEntries;
    std::vector<NameChange> pending; ///< between the two, in order

    static Ptr makeDirectory() {
        auto node = std::make_shared<DiskNode>();
        node->directory = true;
        return node;
    }
    /// Null when there is none.
    static Ptr find(Ptr node, const std::filesystem::path& path) {
        for (const auto& part : path.relative_path()) {
            const auto entry = node->entries.find(part.string());
            if (entry == node->entries.end()) return nullptr;
            node = entry->second;
        }
        return node;
    }

    void change(NameChange names) {
        apply(entries, names);
        pending.push_back(std::move(names));
    }
    void write(std::size_t position, const std::uint8_t* from, std::size_t count) {
        if (data.size() < position + count) data.resize(position + count);
        std::copy_n(from, count, data.begin() + static_cast<std::ptrdiff_t>(position));
        undrop(position, position + count);
    }
    void truncate(std::size_t size) {
        undrop(size, std::max(size, data.size()));
        data.resize(size);
    }
    void sync() {
        const std::vector<std::uint8_t> before = std::exchange(synced, data);
        for (const auto& [from, end] : dropped)
            for (std::size_t i = from; i < std::min(end, synced.size()); ++i)
                synced[i] = i < before.size() ? before[i] : 0;
    }
    /// A sync that fails when the first `reached` of the new bytes are on the disk: the others never will be, unless
    /// they are written again.
    void syncInPart(std::size_t reached) {
        const std::size_t from = std::min(synced.size(), data.size());
        const std::size_t end = from + std::min(reached, data.size() - from);
        dropped.emplace_back(end, data.size());
        if (end == from) return;
        synced.resize(end);
        std::copy(data.begin() + static_cast<std::ptrdiff_t>(from), data.begin() + static_cast<std::ptrdiff_t>(end),
                  synced.begin() + static_cast<std::ptrdiff_t>(from));
    }
    void syncNames() {
        syncedEntries = entries;
        pending.clear();
    }

    Ptr left(Loss loss) const {
        auto copy = std::make_shared<DiskNode>();
        copy->directory = directory;
        copy->inode = inode;
        copy->data = copy->synced = contentLeft(loss);
        Entries names = syncedEntries;
        const bool none = loss == Loss::everything || loss == Loss::names;
        const std::size_t through = none ? 0 : loss == Loss::half ? pending.size() / 2 : pending.size();
        for (std::size_t i = 0; i < through; ++i)
            apply(names, pending[i]);
        for (const auto& [name, entry] : names)
            copy->entries[name] = entry->left(loss);
        copy->syncedEntries = copy->entries;
        return copy;
    }

private:
    static std::uint64_t nextInode() {
        static std::atomic<std::uint64_t> last = 0;
        return ++last;
    }
    static void apply(Entries& names, const NameChange& change) {
        for (const auto& [name, node] : change) {
            if (node)
                names[name] = node;
            else
                names.erase(name);
        }
    }
    void undrop(std::size_t from, std::size_t end) {
        std::vector<std::pair<std::size_t, std::size_t>> rest;
        for (const auto& [first, last] : std::exchange(dropped, {})) {
            if (first < from) rest.emplace_back(first, std::min(last, from));
            if (last > end) rest.emplace_back(std::max(first, end), last);
        }
        dropped = std::move(rest);
    }
    std::vector<std::uint8_t> contentLeft(Loss loss) const {
        if (loss == Loss::nothing || loss == Loss::names) return data;
        std::vector<std::uint8_t> left = synced;
        if ((loss == Loss::half || loss == Loss::torn) && data.size() > left.size())
            left.insert(left.end(), data.begin() + static_cast<std::ptrdiff_t>(left.size()),
                        data.begin() + static_cast<std::ptrdiff_t>((left.size() + data.size()) / 2));
        if (loss == Loss::noise) left.resize(std::max(left.size(), data.size()));
        return left;
    }
};

} // namespace millrace::test
