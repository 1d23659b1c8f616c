#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// A line of IRC (RFC 2812 §2.3.1) without its end: views into it.
struct IrcLine {
    std::string_view prefix;  ///< who sent it, without the colon; empty when it is not told
    std::string_view command; ///< "PING", "433"
    std::vector<std::string_view> parameters;

    static IrcLine parse(std::string_view text);
    std::string_view last() const { return parameters.empty() ? std::string_view() : parameters.back(); }
};

/// `text` as pieces that fit into one message each: what would end a line is a blank, NUL goes, and what is longer than
/// `mostBytes` is cut between two characters. Empty text is no message.
std::vector<std::string> ircMessages(std::string_view text, std::size_t mostBytes);

} // namespace millrace::flume
