#include "topology/support/documents.h"

namespace millrace::topology::test {
namespace {

const char* nameOf(WireKind kind) {
    switch (kind) {
    case WireKind::sourceToChannel:
        return "sourceToChannel";
    case WireKind::channelToSink:
        return "channelToSink";
    case WireKind::hop:
        return "hop";
    case WireKind::produce:
        return "produce";
    case WireKind::consume:
        return "consume";
    case WireKind::traffic:
        return "traffic";
    }
    return "";
}

std::string read(const std::string& path) {
    auto text = readDocumentFile(path);
    if (!text) qFatal("%s", text.error().message.c_str());
    return text.value();
}

} // namespace

std::string wiresOf(const Document& document) {
    std::string out;
    for (const Wire& wire : document.graph().wires) {
        out += std::string(nameOf(wire.kind)) + " " + wire.from + " -> " + wire.to;
        if (!wire.label.empty()) out += " [" + wire.label + "]";
        out += wire.optional ? " optional\n" : "\n";
    }
    return out;
}

std::string dataFile(const std::string& name) {
    return read(MILLRACE_SOURCE_DIR "/tests/topology/data/" + name);
}

std::string exampleFile(const std::string& name) {
    return read(MILLRACE_SOURCE_DIR "/resources/examples/" + name);
}

} // namespace millrace::topology::test
