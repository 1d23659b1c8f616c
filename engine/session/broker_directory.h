#pragma once

#include <filesystem>
#include <string>

namespace millrace::session {

/// Where the embedded broker of a cluster keeps its data. Precondition: `clusterId` is one plain path element.
inline std::filesystem::path brokerDirectory(const std::filesystem::path& runDirectory, const std::string& clusterId) {
    return runDirectory / "broker" / clusterId;
}

} // namespace millrace::session
