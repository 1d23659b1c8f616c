#include "line_input.h"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <unistd.h>

namespace millrace::app {

namespace {

constexpr std::size_t kLongestLine = 16 << 20;

std::string_view withoutReturn(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

} // namespace

Status readLines(int descriptor, const std::string& name, const std::function<Status(std::string_view)>& line,
                 const std::function<Status()>& pause) {
    std::array<char, 64 * 1024> bytes;
    std::string begun;
    for (std::size_t number = 1;;) {
        const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errnoError(errno, "read " + name);
        if (got == 0) break;
        std::string_view rest(bytes.data(), static_cast<std::size_t>(got));
        for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            begun += rest.substr(0, end);
            rest.remove_prefix(end + 1);
            MILLRACE_TRY(line(withoutReturn(begun)));
            begun.clear();
            ++number;
        }
        begun += rest;
        if (begun.size() > kLongestLine)
            return Error{ErrorCode::outOfRange,
                         fmt::format("{}:{}: the line is longer than {} bytes, which no event is "
                                     "to be: is it text?",
                                     name, number, kLongestLine)};
        MILLRACE_TRY(pause());
    }
    if (!begun.empty()) MILLRACE_TRY(line(withoutReturn(begun)));
    return pause();
}

} // namespace millrace::app
