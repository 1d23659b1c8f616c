#pragma once

#include <fmt/core.h>

#include <string>

namespace millrace {
/// Prints where and what to stderr, then aborts. A failed assertion is a bug of ours, never a user's mistake.
[[noreturn]] void assertionFailed(const char* file, int line, const char* condition, const std::string& values);
} // namespace millrace

/// MILLRACE_ASSERT(flushed <= written, "flushed {} written {}", flushed, written): on in every build type, so keep
/// the condition cheap.
#define MILLRACE_ASSERT(condition, ...)                                                                                \
    do {                                                                                                               \
        if (!(condition)) [[unlikely]]                                                                                 \
            ::millrace::assertionFailed(__FILE__, __LINE__, #condition, ::fmt::format(__VA_ARGS__));                   \
    } while (false)
