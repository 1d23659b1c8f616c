#include "topology/document/document_file.h"

#include "topology/document/document.h"
#include "topology/text/edit_errors.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>

namespace millrace::topology {
namespace {

constexpr std::int64_t kMaximumBytes = 64LL << 20;

/// Owns a descriptor.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    int close() {
        const int result = ::close(fd_);
        fd_ = -1;
        return result;
    }

private:
    int fd_;
};

Status writeAll(int fd, const std::string& text, const std::string& path) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t wrote = ::write(fd, text.data() + done, text.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return errnoError(errno, "write " + path);
        done += static_cast<std::size_t>(wrote);
    }
    return ok();
}

/// Who saves as root must not take the file away from its owner. Others may not give a file away: it is theirs then, as
/// with most editors, and only the group is kept where they belong to it. Before the mode, of which chown drops bits.
void keepOwner(int fd, const struct stat& old) {
    if (::fchown(fd, old.st_uid, old.st_gid) == 0) return;
    [[maybe_unused]] const int groupKept = ::fchown(fd, static_cast<uid_t>(-1), old.st_gid);
}

/// The file behind symbolic links, so that saving replaces what a link points to and keeps the link.
std::string linkTarget(const std::string& path) {
    char resolved[PATH_MAX];
    return ::realpath(path.c_str(), resolved) != nullptr ? std::string(resolved) : path;
}

} // namespace

Result<std::string> readDocumentFile(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return errnoError(errno, "open " + path);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return errnoError(errno, "read " + path);
    if (S_ISDIR(info.st_mode)) return refusal("file-is-directory", {path});
    const Error tooLarge = refusal("file-too-large", {path}, ErrorCode::outOfRange);
    if (info.st_size > kMaximumBytes) return tooLarge;
    std::string text;
    text.reserve(static_cast<std::size_t>(info.st_size));
    char buffer[65536];
    while (true) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errnoError(errno, "read " + path);
        if (got == 0) return text;
        text.append(buffer, static_cast<std::size_t>(got));
        // A pipe or a growing file has no size beforehand.
        if (text.size() > static_cast<std::size_t>(kMaximumBytes)) return tooLarge;
    }
}

Status writeDocumentFile(const std::string& path, const std::string& text) {
    return writeDocumentFile(posixFileSystem(), path, text);
}

Status writeDocumentFile(FileSystem& disk, const std::string& path, const std::string& text) {
    const std::string target = linkTarget(path);
    const std::string beside = fmt::format("{}.saving-{}", target, ::getpid());
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (file.get() < 0) return errnoError(errno, "write beside " + target);
    struct stat old {};
    Status status = ok();
    if (::stat(target.c_str(), &old) == 0) {
        keepOwner(file.get(), old);
        if (::fchmod(file.get(), old.st_mode & 07777) != 0)
            status = errnoError(errno, "keep the permissions of " + target);
    }
    if (status) status = writeAll(file.get(), text, beside);
    if (status && ::fsync(file.get()) != 0) status = errnoError(errno, "write " + beside);
    if (file.close() != 0 && status) status = errnoError(errno, "write " + beside);
    if (status) status = disk.rename(beside, target);
    if (!status) {
        (void)disk.remove(beside).has_value(); // the first error is told
        return status;
    }
    // The text is safe under its name. Where the name itself cannot be made so, it is no worse than not trying, and no
    // reason to call a file unsaved that everybody reads as saved.
    (void)disk.syncDirectory(std::filesystem::absolute(target).parent_path()).has_value();
    return status;
}

} // namespace millrace::topology
