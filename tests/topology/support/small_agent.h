#pragma once

#include "topology/support/documents.h"

namespace millrace::topology::test {

/// One source, one channel, one sink.
inline const std::string kAgent = "a.sources = s\na.channels = c\na.sinks = k\n\n"
                           "a.sources.s.type = netcat\na.sources.s.bind = 127.0.0.1\na.sources.s.port = 44444\n"
                           "a.sources.s.channels = c\n\n"
                           "a.channels.c.type = memory\n\n"
                           "a.sinks.k.type = logger\na.sinks.k.channel = c\n";

/// With the first `what` made `with`.
inline std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    if (at == std::string::npos) qFatal("\"%s\" is not in the text", what.c_str());
    return text.replace(at, what.size(), with);
}

inline Document empty() {
    return Document::empty(catalog::flumeCatalog());
}

inline NewNode component(NodeKind kind, const std::string& type, const std::string& agent, const std::string& name = {}) {
    NewNode node;
    node.kind = kind;
    node.type = type;
    node.agent = agent;
    node.name = name;
    return node;
}

/// The text after adding; "error: …" when that was refused.
inline std::string added(const Document& document, const NewNode& node) {
    const auto result = addNode(document, node);
    return result ? after(document, result.value().edit) : "error: " + result.error().message;
}

} // namespace millrace::topology::test
