#include "flume/support/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace millrace::flume {
namespace {

constexpr std::size_t kMostBuffered = 1u << 20;
constexpr std::size_t kLongestErrorLine = 8192;
constexpr std::size_t kMostErrorLines = 1000;

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    ~Pipe() {
        for (const int end : ends)
            if (end >= 0) ::close(end);
    }
    bool make() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
    int release(std::size_t end) { return std::exchange(ends[end], -1); }
};

/// Owns what posix_spawn needs.
struct Spawn {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    Spawn() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }
    ~Spawn() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
};

int exitCodeOf(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& arguments,
                                                          const std::filesystem::path& directory,
                                                          std::function<void()> onReady, Input input) {
    if (arguments.empty()) return Error{ErrorCode::invalidArgument, "the command is empty", false};
    const bool hasInput = input == Input::sent;
    Pipe in, out, err;
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const bool piped = out.make() && err.make() && (!hasInput || in.make());
    if (!piped || wake < 0) {
        const int problem = errno;
        if (wake >= 0) ::close(wake);
        return errnoError(problem, "start " + arguments[0]);
    }
    Spawn spawn;
    if (hasInput)
        posix_spawn_file_actions_adddup2(&spawn.actions, in.ends[0], STDIN_FILENO);
    else
        posix_spawn_file_actions_addopen(&spawn.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&spawn.actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&spawn.actions, err.ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&spawn.actions, directory.c_str());
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&spawn.attributes, &none);
    posix_spawnattr_setsigdefault(&spawn.attributes, &all);
    posix_spawnattr_setpgroup(&spawn.attributes, 0);
    posix_spawnattr_setflags(&spawn.attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> argv;
    for (const auto& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_t pid = 0;
    const int problem = ::posix_spawnp(&pid, argv[0], &spawn.actions, &spawn.attributes, argv.data(), environ);
    if (problem != 0) {
        ::close(wake);
        return errnoError(problem, "start " + arguments[0]);
    }
    if (hasInput) ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
    const Ends ends{hasInput ? in.release(1) : -1, out.release(0), err.release(0), wake};
    return std::unique_ptr<ChildProcess>(new ChildProcess(pid, ends, std::move(onReady)));
}

ChildProcess::ChildProcess(pid_t pid, const Ends& ends, std::function<void()> onReady)
    : pid_(pid),
      leader_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))),
      in_(ends.in),
      out_(ends.out),
      err_(ends.err),
      wake_(ends.wake),
      onReady_(std::move(onReady)),
      thread_([this] { run(); }) {}

ChildProcess::~ChildProcess() {
    stop();
    ::close(wake_);
    if (leader_ >= 0) ::close(leader_);
}

void ChildProcess::run() {
    // Writing to a command that has gone is an error of the call, not a signal to this process.
    sigset_t brokenPipe;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
    while (out_ >= 0 || err_ >= 0) {
        bool room = false, sends = false;
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) break;
            room = ready_.out.size() < kMostBuffered;
            sends = !toSend_.empty() || inputEnds_;
        }
        std::array<pollfd, 4> waits{
            {{wake_, POLLIN, 0}, {room ? out_ : -1, POLLIN, 0}, {err_, POLLIN, 0}, {sends ? in_ : -1, POLLOUT, 0}}};
        if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) break;
        if (waits[0].revents != 0) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto read = ::read(wake_, &ignored, sizeof ignored);
        }
        if (waits[3].revents != 0) writeInput();
        const bool gotOut = waits[1].revents != 0 && readInto(out_, true);
        const bool gotErr = waits[2].revents != 0 && readInto(err_, false);
        if (gotOut || gotErr) onReady_();
    }
    for (int* fd : {&in_, &out_, &err_})
        if (*fd >= 0) ::close(std::exchange(*fd, -1));
    {
        const std::lock_guard lock(mutex_);
        ready_.ended = true;
    }
    onReady_();
}

bool ChildProcess::readInto(int& fd, bool isOut) {
    std::array<char, 65536> buffer;
    const auto size = ::read(fd, buffer.data(), buffer.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return false;
    if (size <= 0) {
        ::close(std::exchange(fd, -1));
        return true;
    }
    const std::lock_guard lock(mutex_);
    if (isOut) {
        ready_.out.append(buffer.data(), static_cast<std::size_t>(size));
        return true;
    }
    errorTail_.append(buffer.data(), static_cast<std::size_t>(size));
    for (;;) {
        const auto end = std::min(errorTail_.find('\n'), kLongestErrorLine);
        if (end >= errorTail_.size()) break;
        if (ready_.errors.size() < kMostErrorLines) ready_.errors.push_back(errorTail_.substr(0, end));
        errorTail_.erase(0, errorTail_[end] == '\n' ? end + 1 : end);
    }
    return true;
}

void ChildProcess::writeInput() {
    const std::lock_guard lock(mutex_);
    if (!toSend_.empty()) {
        const auto written = ::write(in_, toSend_.data() + sent_, toSend_.size() - sent_);
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (written < 0) inputEnds_ = true;
        sent_ = written < 0 ? toSend_.size() : sent_ + static_cast<std::size_t>(written);
        if (sent_ == toSend_.size()) {
            toSend_.clear();
            sent_ = 0;
        }
    }
    if (toSend_.empty() && inputEnds_) ::close(std::exchange(in_, -1));
}

void ChildProcess::send(std::string_view bytes) {
    {
        const std::lock_guard lock(mutex_);
        if (inputEnds_) return;
        toSend_ += bytes;
    }
    ::eventfd_write(wake_, 1);
}

void ChildProcess::closeInput() {
    {
        const std::lock_guard lock(mutex_);
        inputEnds_ = true;
    }
    ::eventfd_write(wake_, 1);
}

ChildProcess::Output ChildProcess::take() {
    Output output;
    {
        const std::lock_guard lock(mutex_);
        output.out.swap(ready_.out);
        output.errors.swap(ready_.errors);
        output.ended = ready_.ended;
    }
    if (output.out.size() >= kMostBuffered) ::eventfd_write(wake_, 1);
    return output;
}

int ChildProcess::stop(std::chrono::milliseconds grace) {
    if (!thread_.joinable()) return exitCode_;
    int status = 0;
    pid_t ended = ::waitpid(pid_, &status, WNOHANG);
    const auto await = [&](std::chrono::milliseconds limit) {
        pollfd leader{leader_, POLLIN, 0};
        if (ended != 0) return;
        ::poll(&leader, 1, static_cast<int>(limit.count()));
        ended = ::waitpid(pid_, &status, WNOHANG);
    };
    await(grace);
    // While the leader is not reaped its group cannot be another's; its children go with it in any case.
    ::kill(-pid_, SIGTERM);
    constexpr std::chrono::milliseconds kPatience{500};
    await(kPatience);
    ::kill(-pid_, SIGKILL);
    if (ended == 0) ended = ::waitpid(pid_, &status, 0);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ::eventfd_write(wake_, 1);
    thread_.join();
    exitCode_ = ended == pid_ ? exitCodeOf(status) : -1;
    return exitCode_;
}

} // namespace millrace::flume
