#include "flume/support/directory_watcher.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/statfs.h>
#include <system_error>
#include <unistd.h>

namespace millrace::flume {
namespace {

constexpr std::uint32_t kMask = IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::size_t kReadBytes = 64 * 1024;

/// statfs(2), linux/magic.h: file systems that change without this kernel's doing.
constexpr std::array<std::uint32_t, 11> kForeign{
    0x6969,     // NFS
    0x517b,     // SMB
    0xff534d42, // CIFS
    0xfe534d42, // SMB 2 and 3
    0x00c36400, // Ceph
    0x01021997, // 9P: shares of virtual machines
    0x65735546, // FUSE
    0x5346414f, // AFS
    0x73757245, // Coda
    0x0bd00bd0, // Lustre
    0x786f4256, // shares of VirtualBox
};

} // namespace

Result<std::unique_ptr<DirectoryWatcher>> DirectoryWatcher::make(std::function<void()> onChange) {
    const int inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify < 0) return errnoError(errno, "watch directories");
    const int stop = ::eventfd(0, EFD_CLOEXEC);
    if (stop < 0) {
        const int problem = errno;
        ::close(inotify);
        return errnoError(problem, "watch directories");
    }
    return std::unique_ptr<DirectoryWatcher>(new DirectoryWatcher(inotify, stop, std::move(onChange)));
}

DirectoryWatcher::DirectoryWatcher(int inotify, int stop, std::function<void()> onChange)
    : inotify_(inotify), stop_(stop), onChange_(std::move(onChange)), thread_([this] { run(); }) {}

DirectoryWatcher::~DirectoryWatcher() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(stop_, &one, sizeof one);
    thread_.join();
    ::close(inotify_);
    ::close(stop_);
}

Status DirectoryWatcher::watch(const std::filesystem::path& directory) {
    const std::lock_guard lock(mutex_); // held so that no event of the new watch is read before it is known
    const int watch = ::inotify_add_watch(inotify_, directory.c_str(), kMask);
    if (watch < 0) return errnoError(errno, "watch " + directory.string());
    directories_[watch] = directory;
    return ok();
}

bool DirectoryWatcher::seesAllOf(const std::filesystem::path& directory) {
    struct statfs about {};
    if (::statfs(directory.c_str(), &about) != 0) return true; // it is gone, and looked for anyway
    const auto kind = static_cast<std::uint32_t>(about.f_type);
    return std::find(kForeign.begin(), kForeign.end(), kind) == kForeign.end();
}

bool DirectoryWatcher::isLink(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_symlink(path, ignored);
}

DirectoryChanges DirectoryWatcher::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(changes_, {});
}

void DirectoryWatcher::run() {
    std::array<pollfd, 2> waits{{{inotify_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    for (;;) {
        if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return;
        if (waits[1].revents != 0) return;
        if (waits[0].revents != 0) read();
    }
}

void DirectoryWatcher::read() {
    alignas(inotify_event) std::array<char, kReadBytes> buffer;
    const auto size = ::read(inotify_, buffer.data(), buffer.size());
    if (size <= 0) return;
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        first = changes_.empty();
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            note(event->wd, event->mask, event->cookie, event->len > 0 ? event->name : "");
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
        first = first && !changes_.empty();
    }
    if (first) onChange_();
}

void DirectoryWatcher::note(int watch, unsigned mask, unsigned cookie, const char* name) {
    if (mask & IN_Q_OVERFLOW) {
        changes_.everything = true;
        return;
    }
    const auto found = directories_.find(watch);
    if (found == directories_.end()) return;
    const std::filesystem::path& directory = found->second;
    if (mask & (IN_DELETE_SELF | IN_MOVE_SELF)) {
        changes_.vanished.insert(directory);
        if (mask & IN_MOVE_SELF) ::inotify_rm_watch(inotify_, watch);
        return;
    }
    if (mask & IN_IGNORED) {
        changes_.vanished.insert(directory);
        directories_.erase(found);
        return;
    }
    const std::filesystem::path path = directory / name;
    if (mask & (IN_MODIFY | IN_CLOSE_WRITE)) changes_.written.insert(path);
    if (mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)) changes_.listings.insert(directory);
    if (mask & IN_MOVED_FROM) {
        // A name that leaves the watched directories never gets its other half; few can be open at a time.
        constexpr std::size_t kMostOpen = 1000;
        if (movedFrom_.size() > kMostOpen) movedFrom_.clear();
        movedFrom_[cookie] = path;
    }
    if (mask & IN_MOVED_TO) {
        if (const auto from = movedFrom_.find(cookie); from != movedFrom_.end()) {
            changes_.renamed.emplace_back(from->second, path);
            movedFrom_.erase(from);
        }
    }
}

} // namespace millrace::flume
