#pragma once

#include "catalog/component_spec.h"

#include <span>

/// What a document has beyond Flume, in its `#@` lines (docs/file-format.md). Keys are relative: `partitions` stands
/// for `topic.ID.partitions`. These declarations have no class, alias or counters.
namespace millrace::catalog {

extern const ComponentSpec kClusterPart;
extern const ComponentSpec kTopicPart;
extern const ComponentSpec kHostPart;
extern const ComponentSpec kAgentPart;
extern const ComponentSpec kTrafficPart;
extern const ComponentSpec kNotePart;

/// All of the above.
std::span<const ComponentSpec* const> documentParts();

} // namespace millrace::catalog
