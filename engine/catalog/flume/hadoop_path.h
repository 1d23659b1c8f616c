#pragma once

#include <algorithm>
#include <string_view>

namespace millrace::catalog {

/// "hdfs" of "hdfs://host/path" (org.apache.hadoop.fs.Path): letters and digits before the first colon; empty when
/// there is none.
inline std::string_view hadoopScheme(std::string_view path) {
    const auto scheme = path.substr(0, std::min(path.find(':'), path.size()));
    const bool plain = std::ranges::all_of(
        scheme, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    return plain && scheme.size() < path.size() ? scheme : std::string_view();
}

} // namespace millrace::catalog
