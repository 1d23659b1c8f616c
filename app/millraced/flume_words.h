#pragma once

#include <string>
#include <vector>

namespace millrace::app {

/// The words behind `millraced agent` as this program's parser wants them: Flume's takes its long names behind one dash
/// too ("-conf-file x", "-name=a"), has short ones of several letters ("-user"), and its script takes Java's options.
std::vector<std::string> flumeWords(std::vector<std::string> words);

} // namespace millrace::app
