#include "flume_words.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace millrace::app {

namespace {

constexpr std::array kLongNames{
    "auth-provider",  "backup-directory", "classpath",     "conf",       "conf-file",   "conf-password",
    "conf-provider",  "conf-uri",         "conf-user",     "dryrun",     "help",        "name",
    "no-reload-conf", "plugins-path",     "poll-interval", "zkBasePath", "zkConnString"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kShortNames{
    {{"prov", "conf-provider"}, {"pwd", "conf-password"}, {"user", "conf-user"}}};
constexpr std::array kOfJava{"-X", "-agentlib", "-agentpath", "-javaagent"};

std::string translated(const std::string& word) {
    if (word.size() < 3 || word[0] != '-' || word[1] == '-') return word;
    for (const std::string_view start : kOfJava)
        if (word.starts_with(start)) return "--java-option=" + word;
    const auto end = std::min(word.find('='), word.size());
    const std::string_view name = std::string_view(word).substr(1, end - 1);
    for (const auto& [shortName, longName] : kShortNames)
        if (name == shortName) return "--" + std::string(longName) + word.substr(end);
    const bool isLong = std::find(kLongNames.begin(), kLongNames.end(), name) != kLongNames.end();
    return isLong ? '-' + word : word;
}

} // namespace

std::vector<std::string> flumeWords(std::vector<std::string> words) {
    for (std::string& word : words)
        word = translated(word);
    return words;
}

} // namespace millrace::app
