#include "catalog/kafka/format_version.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>

namespace millrace::catalog {

namespace {

struct Release {
    std::string_view name;
    int steps; ///< "-IV0" to before this one
};

constexpr Release kReleases[] = {
    {"0.8.0", 0}, {"0.8.1", 0}, {"0.8.2", 0}, {"0.9.0", 0}, {"0.10.0", 2}, {"0.10.1", 3}, {"0.10.2", 1}, {"0.11.0", 3},
    {"1.0", 1},   {"1.1", 1},   {"2.0", 2},   {"2.1", 3},   {"2.2", 2},    {"2.3", 2},    {"2.4", 2},    {"2.5", 1},
    {"2.6", 1},   {"2.7", 3},   {"2.8", 2},   {"3.0", 2},   {"3.1", 1},    {"3.2", 1},    {"3.3", 4},    {"3.4", 1},
    {"3.5", 3},   {"3.6", 3},   {"3.7", 5},   {"3.8", 1},   {"3.9", 1},    {"4.0", 4},
};

bool isStepOf(const Release& release, std::string_view text) {
    constexpr std::string_view kStep = "-IV";
    if (!text.starts_with(kStep)) return false;
    text.remove_prefix(kStep.size());
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && std::to_string(number) == text && number >= 0 &&
           number < release.steps;
}

/// What stands before the dot that ends a release's number, as "2.8" of "2.8.1".
std::string_view releaseIn(std::string_view text) {
    std::size_t end = 0;
    for (int numbers = text.starts_with("0.") ? 3 : 2; numbers > 0; --numbers) {
        end = text.find('.', end);
        if (end == std::string_view::npos) return text;
        ++end;
    }
    return text.substr(0, end - 1);
}

} // namespace

bool isFormatVersion(std::string_view text) {
    const std::string_view key = releaseIn(text);
    return std::ranges::any_of(kReleases, [&](const Release& release) {
        if (!key.starts_with(release.name)) return false;
        const auto rest = key.substr(release.name.size());
        return rest.empty() || isStepOf(release, rest);
    });
}

} // namespace millrace::catalog
