#include "line_input.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace millrace::app {

LineInput::LineInput(std::vector<std::string> files, char delimiter, const std::atomic<bool>& stop)
    : files_(std::move(files)), delimiter_(delimiter), stop_(stop) {
    if (files_.empty()) files_.emplace_back("-");
}

LineInput::~LineInput() {
    if (fd_ > STDIN_FILENO) ::close(fd_);
}

std::string LineInput::name() const {
    return files_[file_] == "-" ? "stdin" : files_[file_];
}

Status LineInput::open() {
    line_ = 0;
    fd_ = files_[file_] == "-" ? STDIN_FILENO : ::open(files_[file_].c_str(), O_RDONLY | O_CLOEXEC);
    if (fd_ >= 0) return ok();
    return Error{ErrorCode::notFound, fmt::format("{}: {}", name(), std::strerror(errno))};
}

/// Whether there is something to read now; for the first line it is waited for, until a signal comes.
bool LineInput::wait(bool forFirst) const {
    pollfd source{fd_, POLLIN, 0};
    constexpr int kStopCheckMs = 200; // a signal that comes just before the wait is seen too
    while (!stop_) {
        const int ready = ::poll(&source, 1, forFirst ? kStopCheckMs : 0);
        if (ready > 0) return true;
        if (!forFirst) return false;
    }
    return false;
}

void LineInput::take() {
    std::size_t begin = 0;
    while (batch_.size() < kMostLines && batchBytes_ < kMostBytes) {
        const std::size_t end = rest_.find(delimiter_, std::max(begin, searched_));
        if (end == std::string::npos) {
            searched_ = rest_.size();
            break;
        }
        batch_.push_back({rest_.substr(begin, end - begin), fmt::format("{}:{}", name(), ++line_)});
        batchBytes_ += end - begin;
        begin = end + 1;
        searched_ = begin;
    }
    rest_.erase(0, begin);
    searched_ -= std::min(begin, searched_);
}

/// `more`: false at the end of the file.
Status LineInput::read(bool& more) {
    char buffer[65536];
    const ssize_t got = ::read(fd_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) return ok();
    if (got < 0) return Error{ErrorCode::io, fmt::format("{}:{}: {}", name(), line_ + 1, std::strerror(errno))};
    more = got > 0;
    rest_.append(buffer, static_cast<std::size_t>(got));
    if (rest_.size() > kLongestLine && rest_.find(delimiter_, searched_) == std::string::npos)
        return Error{ErrorCode::outOfRange, fmt::format("{}:{}: the line is longer than {} bytes: cut it, or choose "
                                                        "another --delimiter",
                                                        name(), line_ + 1, kLongestLine)};
    return ok();
}

Result<std::vector<LineInput::Line>> LineInput::next() {
    batch_.clear();
    batchBytes_ = 0;
    while (file_ < files_.size() && !stop_) {
        if (fd_ < 0) MILLRACE_TRY(open());
        take();
        if (batch_.size() == kMostLines || batchBytes_ >= kMostBytes) break;
        if (!wait(batch_.empty())) break;
        bool more = true;
        MILLRACE_TRY(read(more));
        if (more) continue;
        take();
        if (!rest_.empty()) batch_.push_back({std::exchange(rest_, {}), fmt::format("{}:{}", name(), ++line_)});
        searched_ = 0;
        if (fd_ > STDIN_FILENO) ::close(fd_);
        fd_ = -1;
        ++file_;
    }
    return std::move(batch_);
}

} // namespace millrace::app
