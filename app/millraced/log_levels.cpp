#include "log_levels.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace millrace::app {

namespace {

using NamedRank = std::pair<std::string_view, int>;
constexpr int kNothing = 4;
/// Log4j's levels; what it tells apart and this program does not is the same.
constexpr std::array<NamedRank, 8> kLevels{{{"ALL", 0},
                                            {"TRACE", 0},
                                            {"DEBUG", 0},
                                            {"INFO", 1},
                                            {"WARN", 2},
                                            {"ERROR", 3},
                                            {"FATAL", kNothing},
                                            {"OFF", kNothing}}};
constexpr std::array<NamedRank, 4> kLines{{{"debug", 0}, {"info", 1}, {"warning", 2}, {"error", 3}}};

template <std::size_t Size>
const NamedRank* find(const std::array<NamedRank, Size>& ranks, std::string_view name) {
    const auto it = std::find_if(ranks.begin(), ranks.end(), [&](const NamedRank& rank) { return rank.first == name; });
    return it == ranks.end() ? nullptr : &*it;
}

Result<int> rankOf(std::string_view text) {
    std::string name(text);
    for (char& c : name)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (name == "WARNING") name = "WARN"; // as the lines themselves say
    if (const NamedRank* level = find(kLevels, name)) return level->second;
    return Error{ErrorCode::invalidArgument, "\"" + std::string(text) +
                                                 "\" is no level of a log: expected ALL, TRACE, "
                                                 "DEBUG, INFO, WARN, ERROR, FATAL or OFF"};
}

} // namespace

Status LogLevels::set(std::string_view text) {
    const auto equals = text.find('=');
    const std::string_view node = equals == std::string_view::npos ? "" : text.substr(0, equals);
    const auto rank = rankOf(equals == std::string_view::npos ? text : text.substr(equals + 1));
    if (!rank) return rank.error();
    lowest_[std::string(node)] = *rank;
    return ok();
}

Status LogLevels::setRoot(std::string_view text) {
    return set(text.substr(0, text.find(',')));
}

bool LogLevels::shows(std::string_view level, std::string_view node) const {
    const NamedRank* line = find(kLines, level);
    if (!line) return true;
    while (true) {
        if (const auto it = lowest_.find(node); it != lowest_.end()) return line->second >= it->second;
        const auto slash = node.rfind('/');
        node = slash == std::string_view::npos ? std::string_view() : node.substr(0, slash);
    }
}

} // namespace millrace::app
