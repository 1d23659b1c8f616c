#include "flume/sinks/irc/irc_line.h"

#include "java/java_utf8.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// The most parameters a message has (RFC 2812 §2.3); what follows belongs to the last.
constexpr std::size_t kMostParameters = 15;

std::string_view takeWord(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return word;
}

} // namespace

IrcLine IrcLine::parse(std::string_view text) {
    IrcLine line;
    if (text.starts_with(':')) line.prefix = takeWord(text).substr(1);
    line.command = takeWord(text);
    while (!text.empty() && line.parameters.size() < kMostParameters) {
        if (text.starts_with(':') || line.parameters.size() + 1 == kMostParameters) {
            line.parameters.push_back(text.substr(text.starts_with(':') ? 1 : 0));
            break;
        }
        line.parameters.push_back(takeWord(text));
    }
    return line;
}

std::vector<std::string> ircMessages(std::string_view text, std::size_t mostBytes) {
    std::string clean;
    for (const char c : text)
        if (c != '\0') clean += c == '\r' || c == '\n' ? ' ' : c;
    std::vector<std::string> pieces;
    for (std::string_view rest = clean; !rest.empty();) {
        std::size_t size = std::min(mostBytes, rest.size());
        while (size > 1 && size < rest.size() && java::isUtf8Continuation(rest[size]))
            --size;
        pieces.emplace_back(rest.substr(0, size));
        rest.remove_prefix(size);
    }
    return pieces;
}

} // namespace millrace::flume
