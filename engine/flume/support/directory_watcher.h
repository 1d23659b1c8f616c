#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace millrace::flume {

/// What happened in watched directories since the last look.
struct DirectoryChanges {
    std::set<std::filesystem::path> written;  ///< files that grew or shrank
    std::set<std::filesystem::path> listings; ///< directories in which a name came or went
    /// Old and new path of what was renamed inside the watched directories, in order.
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> renamed;
    std::set<std::filesystem::path> vanished; ///< directories that are gone: watch them again when they are back
    bool everything = false;                  ///< the kernel's queue ran over: look at all
    bool empty() const {
        return written.empty() && listings.empty() && renamed.empty() && vanished.empty() && !everything;
    }
};

/// Watches directories (not single files, so that ten thousand idle files cost nothing) through inotify, on a thread of
/// its own that sleeps until something happens.
class DirectoryWatcher {
public:
    /// `onChange` is called from the watcher's thread when there is something to take() and nothing was before.
    /// Error io when the system gives no more watchers: the caller then looks from time to time.
    static Result<std::unique_ptr<DirectoryWatcher>> make(std::function<void()> onChange);
    ~DirectoryWatcher();
    DirectoryWatcher(const DirectoryWatcher&) = delete;
    DirectoryWatcher& operator=(const DirectoryWatcher&) = delete;

    Status watch(const std::filesystem::path& directory); ///< ok when watched already
    DirectoryChanges take();

    /// Whether a watch sees all that happens to the directory: not where other computers or a process that is not the
    /// kernel may write.
    static bool seesAllOf(const std::filesystem::path& directory);
    /// A name that only leads to a file: the directory of the name is not told what is written to it.
    static bool isLink(const std::filesystem::path& path);

private:
    DirectoryWatcher(int inotify, int stop, std::function<void()> onChange);
    void run();
    void read();
    void note(int watch, unsigned mask, unsigned cookie, const char* name);

    const int inotify_;
    const int stop_; ///< eventfd
    std::function<void()> onChange_;
    std::mutex mutex_;
    std::map<int, std::filesystem::path> directories_;
    DirectoryChanges changes_;
    std::map<unsigned, std::filesystem::path> movedFrom_; ///< by cookie, until the other half comes
    std::thread thread_;
};

} // namespace millrace::flume
