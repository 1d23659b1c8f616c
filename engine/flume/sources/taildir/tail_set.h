#pragma once

#include "flume/component_services.h"
#include "java/java_regex.h"
#include "flume/sources/taildir/tail_file.h"
#include "flume/sources/taildir/tail_positions.h"

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace millrace::flume {

/// `filegroups.NAME`: a fixed directory and a pattern for whole file names in it.
struct TailGroup {
    std::string name;
    std::filesystem::path directory;
    java::JavaRegex pattern;
    HeaderSet headers;
};

/// The files that TAILDIR's groups match, who they are and how far they were read. A file is its inode; under a name
/// that is not known for this inode it is a new file, unless the rename itself was seen. Runner thread.
class TailSet {
public:
    /// `fileHeader`: name of the header for the path, none without.
    TailSet(const ComponentServices& services, std::vector<TailGroup> groups, std::optional<std::string> fileHeader);

    std::vector<std::filesystem::path> directories() const;
    /// Positions of an earlier run, used when a file is found under the same path with the same inode. A path may stand
    /// there with several: that of a deleted file that was still read, and that of its successor.
    void restore(std::vector<TailPosition> positions);

    /// Lists the directory: finds new files, notices growth, lets go of those that left. Files that are new now and
    /// have no known position begin at their end when `newAtEnd`.
    Status scan(const std::filesystem::path& directory, bool newAtEnd);
    void noteWritten(const std::filesystem::path& path);
    void noteRenamed(const std::filesystem::path& from, const std::filesystem::path& to);
    /// Asks the open handles of files without a matching name for their size, since no directory tells.
    void lookAtDetached();

    /// The next file with something unread, opened; null when there is none. It stays first until rotate() or done().
    TailFile* current();
    std::size_t unreadFiles() const { return unread_.size(); }
    void rotate(); ///< the current one goes behind the others
    void done();   ///< the current one has nothing more for now
    /// Closes what is idle since `limit`; a file whose last line is unfinished is returned instead, to be read first.
    TailFile* closeIdle(MonotonicTime limit);
    /// Closes the handle; forgets the file when it has no matching name any more.
    void close(TailFile& file);
    /// When the first open file becomes idle, given that limit; none: nothing is open.
    std::optional<MonotonicTime> oldestActivity() const;
    bool anyDetached() const { return detached_ > 0; }
    /// Directories in which a file is, or was, a symbolic link: what is written to its target is not told there.
    const std::set<std::filesystem::path>& linked() const { return linked_; }

    std::vector<TailPosition> positions() const;
    std::size_t size() const { return files_.size(); }
    std::size_t openFiles() const { return open_.size(); }
    TailReader& reader() { return reader_; }

private:
    using Key = std::pair<std::uint64_t, std::uint64_t>; ///< device, inode
    TailFile* follow(const FileInfo& info, const TailGroup& group, bool newAtEnd);
    void followRenamedWhileAway(const std::filesystem::path& directory, const std::vector<FileInfo>& entries);
    void refresh(TailFile& file, std::uint64_t size);
    void letGo(TailFile& file);
    void detach(TailFile& file);
    void forget(TailFile& file);
    bool open(TailFile& file);
    void enqueue(TailFile& file);
    void rename(TailFile& file, const std::filesystem::path& path);
    HeaderSetPtr headersFor(const TailGroup& group, const std::filesystem::path& path) const;
    TailGroup* groupOf(const std::filesystem::path& path);

    FileSystem& disk_;
    Log& log_;
    const ThreadClock& clock_;
    std::string node_;
    std::vector<TailGroup> groups_;
    std::optional<std::string> fileHeader_;
    std::map<Key, std::unique_ptr<TailFile>> files_;
    std::unordered_map<std::string, TailFile*> byPath_;
    /// Positions by path and inode, until the file is found.
    std::map<std::pair<std::string, std::uint64_t>, std::uint64_t> restored_;
    std::set<std::filesystem::path> linked_;
    std::deque<TailFile*> unread_;
    std::vector<TailFile*> open_;
    std::size_t detached_ = 0;
    TailReader reader_;
};

} // namespace millrace::flume
