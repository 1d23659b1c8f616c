#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace millrace::topology {

/// Names a node of the drawing and of the running system alike: "web/sources/access", "web/channels/buffer",
/// "web/sinks/to-weblog", "web/sinkgroups/g1" for what Flume knows; "agent/web", "cluster/local", "topic/weblog",
/// "traffic/visitors", "note/hint" for the rest. Stable as long as the node is not renamed.
using NodeId = std::string;

/// Bytes [begin, end) of the document's text.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const { return end - begin; }
    bool operator==(const TextRange&) const = default;
};

struct Replacement {
    TextRange range;  ///< in the text before the edit
    std::string text; ///< bytes of the file, already escaped and with the file's line ends
    bool operator==(const Replacement&) const = default;
};

struct Rename {
    NodeId from;
    NodeId to;
    bool operator==(const Rename&) const = default;
};

/// A change of the document: replacements that do not overlap, in rising order. What cannot be told from the text alone
/// (that a node kept its identity under a new name) is said in `renames`. Applying it yields the exact inverse.
struct Edit {
    std::vector<Replacement> replacements;
    std::vector<Rename> renames;
    bool empty() const { return replacements.empty(); }
    bool operator==(const Edit&) const = default;
};

} // namespace millrace::topology
