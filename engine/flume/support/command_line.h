#pragma once

#include "flume/settings.h"

#include <string>
#include <vector>

namespace millrace::flume {

/// What the properties `command` and `shell` run: the command's words, or those of the shell and the command behind
/// them as one. Words are parted by white space; quotes mean nothing, as in org.apache.flume.source.ExecSource.
std::vector<std::string> readCommandLine(Settings& settings);

} // namespace millrace::flume
