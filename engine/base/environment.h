#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace millrace {

/// What a text may ask the process that reads it for.
struct ProcessView {
    std::map<std::string, std::string, std::less<>> variables; ///< of the environment
    std::int64_t epochMs = 0;                                  ///< now
};
/// Any thread, while none changes the variables.
ProcessView lookAtProcess();

} // namespace millrace
