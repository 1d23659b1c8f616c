#pragma once

#include "base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// An English sentence for people, with %1 … %9 for its arguments, under a stable kebab-case code by which the studio
/// finds its translation. Each folder keeps its own table; a code stands in one table only.
struct Sentence {
    std::string_view code;
    std::string_view text;
};

/// An argument as sentences show it: cut to what stays readable, whatever stands in a file, between two characters.
std::string shortened(const std::string& argument);

/// The sentence of `code` with the arguments filled in, long ones shortened. Precondition: `table` is sorted by code
/// and has it.
std::string sentenceText(std::span<const Sentence> table, std::string_view code,
                         const std::vector<std::string>& arguments);

/// An error that says the sentence.
Error sentenceError(std::span<const Sentence> table, ErrorCode kind, std::string_view code,
                    std::vector<std::string> arguments, bool retriable = false);

/// What the operating system refuses, and those of the sockets above it.
std::span<const Sentence> systemSentences();

} // namespace millrace
