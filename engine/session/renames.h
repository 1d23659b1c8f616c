#pragma once

#include <map>
#include <string>

namespace millrace::session {

using RenameMap = std::map<std::string, std::string>; ///< node id before → after

/// The id after: the same for who is not renamed.
inline std::string renamed(const RenameMap& renames, const std::string& id) {
    const auto found = renames.find(id);
    return found == renames.end() ? id : found->second;
}

/// Name or id behind the prefix ("agent/", "cluster/") in the next document; it need not be there.
inline std::string idAfter(const RenameMap& renames, const std::string& prefix, const std::string& id) {
    return renamed(renames, prefix + id).substr(prefix.size());
}

} // namespace millrace::session
