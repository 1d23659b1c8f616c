#pragma once

#include "configuration_text.h"

#include <string>
#include <vector>

namespace millrace::app {

struct CheckedText {
    ConfigurationText configuration;
    std::vector<std::string> definitions; ///< values of -D
    std::string agent;                    ///< has to be in it; empty: none in particular
    bool json = false;
};

/// Prints every problem. Returns the exit code.
int printProblems(CheckedText checked);

} // namespace millrace::app
