#pragma once

#include "base/result.h"
#include "topology/document/document.h"

#include <optional>
#include <string>

namespace millrace::topology {

/// How two nodes can be joined: the ends in flow order and what the wire will be.
struct Joint {
    WireKind kind{};
    NodeId from, to;
    bool needsChannel = false; ///< source to sink: a memory channel goes between
};
/// Error: the reason why not, as the user reads it at the pointer.
Result<Joint> findJoint(const Document& document, const NodeId& from, const NodeId& to);

/// The property of a traffic node that makes it reach a source.
struct Feed {
    std::string key; ///< "file" or "tcp"
    std::string value;
};
std::optional<Feed> feedOf(const Node& source);

} // namespace millrace::topology
