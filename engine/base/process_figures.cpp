#include "base/process_figures.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace millrace {

namespace {

/// The fields of proc(5)'s /proc/self/stat behind the name of the program, which may hold blanks: the first is field 3.
std::vector<std::string> statFields() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t name = line.rfind(')');
    if (name == std::string::npos) return {};
    std::istringstream rest(line.substr(name + 1));
    std::vector<std::string> fields;
    for (std::string field; rest >> field;)
        fields.push_back(std::move(field));
    return fields;
}

std::optional<double> numberOf(const std::vector<std::string>& fields, std::size_t number) {
    constexpr std::size_t kFirst = 3;
    if (number - kFirst >= fields.size()) return std::nullopt;
    return std::strtod(fields[number - kFirst].c_str(), nullptr);
}

/// Of the computer, in seconds since 1970.
std::optional<double> bootTime() {
    std::ifstream file("/proc/stat");
    for (std::string word; file >> word;)
        if (double seconds = 0; word == "btime" && file >> seconds) return seconds;
    return std::nullopt;
}

std::optional<std::uint64_t> openFiles() {
    std::error_code error;
    std::uint64_t count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error))
        ++count;
    if (error || count == 0) return std::nullopt;
    return count - 1; // one is that of the look itself
}

} // namespace

ProcessFigures lookAtProcessFigures() {
    ProcessFigures figures;
    const auto fields = statFields();
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto user = numberOf(fields, 14), system = numberOf(fields, 15), started = numberOf(fields, 22);
    if (user && system) figures.cpuSeconds = (*user + *system) / ticks;
    if (const auto boot = bootTime(); boot && started) figures.startSeconds = *boot + *started / ticks;
    if (const auto bytes = numberOf(fields, 23)) figures.virtualBytes = static_cast<std::uint64_t>(*bytes);
    if (const auto pages = numberOf(fields, 24))
        figures.residentBytes =
            static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    figures.openFiles = openFiles();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        figures.mostOpenFiles = limit.rlim_cur;
    return figures;
}

} // namespace millrace
