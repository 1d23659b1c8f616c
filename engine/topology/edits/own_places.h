#pragma once

#include "topology/graph/graph.h"

#include <span>
#include <string>
#include <string_view>

namespace millrace::topology {

/// The properties that name a file or folder which one component must have for itself: its positions, its queue, its
/// output. Two that share one overwrite each other.
std::span<const std::string_view> ownPlaceKeys();

/// `value` of such a property (folders may stand in a comma-separated list); with a number where a component of `graph`
/// uses it already: "state/access.json" becomes "state/access-2.json".
std::string ownPlace(const Graph& graph, std::string_view key, const std::string& value);

} // namespace millrace::topology
