#pragma once

/// The characters that headers of syslog are made of.
namespace millrace::flume::syslog {

inline bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
/// White space as patterns of Java have it.
inline bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace millrace::flume::syslog
