#include "flume/support/command_line.h"

#include <sstream>

namespace millrace::flume {

namespace {

std::vector<std::string> wordsOf(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> result;
    for (std::string word; stream >> word;)
        result.push_back(word);
    return result;
}

} // namespace

std::vector<std::string> readCommandLine(Settings& settings) {
    const std::string command = settings.text("command");
    const std::string shell = settings.text("shell");
    auto arguments = wordsOf(shell.empty() ? command : shell);
    if (!shell.empty()) arguments.push_back(command);
    return arguments;
}

} // namespace millrace::flume
