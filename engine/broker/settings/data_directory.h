#pragma once

#include "broker/settings/topic_configs.h"

#include <string>
#include <vector>

namespace millrace::broker {

/// The directories that log.dirs names, else the one of log.dir; none when neither is set. For who starts a broker,
/// which itself is told its directory.
std::vector<std::string> dataDirectories(const ConfigMap& configs);

} // namespace millrace::broker
