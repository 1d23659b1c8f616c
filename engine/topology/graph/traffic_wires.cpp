#include "topology/graph/address.h"
#include "topology/graph/graph_builder.h"
#include "topology/text/name_pattern.h"
#include "topology/graph/keys.h"

#include <filesystem>

namespace millrace::topology {
namespace {

/// Patterns are compiled once per graph, however many traffic nodes there are.
class FilePattern {
public:
    explicit FilePattern(const std::string& pattern)
        : directory_(alikePath(std::filesystem::path(pattern).parent_path().string())),
          name_(std::filesystem::path(pattern).filename().string()) {}
    bool matches(const std::filesystem::path& file) {
        return alikePath(file.parent_path().string()) == directory_ && name_.matches(file.filename().string());
    }

private:
    std::string directory_;
    NamePattern name_;
};

bool taildirReads(const GraphBuilder& builder, const Node& source, const std::filesystem::path& file) {
    for (const std::string& group : splitList(builder.value(source, "filegroups"))) {
        const std::string pattern = builder.value(source, "filegroups." + group);
        if (!pattern.empty() && FilePattern(pattern).matches(file)) return true;
    }
    return false;
}

bool execReads(const GraphBuilder& builder, const Node& source, const std::string& file) {
    bool tail = false, named = false;
    for (const std::string& word : splitList(builder.value(source, "command"))) {
        tail = tail || word == "tail" || word.ends_with("/tail");
        named = named || alikePath(word) == file;
    }
    return tail && named;
}

bool reads(const GraphBuilder& builder, const Node& source, const std::string& file) {
    if (source.spec == nullptr) return false;
    const std::string_view alias = source.spec->alias;
    if (alias == "TAILDIR") return taildirReads(builder, source, file);
    if (alias == "exec") return execReads(builder, source, file);
    if (alias != "spooldir") return false;
    return alikePath(builder.value(source, "spoolDir") + "/.") ==
           alikePath(std::filesystem::path(file).parent_path().string() + "/.");
}

bool listensAt(const GraphBuilder& builder, const Node& source, const HostPort& address) {
    if (source.spec == nullptr || source.spec->listens.portKey.empty() ||
        source.spec->listens.protocol.ends_with("udp"))
        return false;
    const auto& listens = source.spec->listens;
    const std::string host = alikeHost(listens.hostKey.empty() ? "" : builder.value(source, listens.hostKey));
    if (!isWildcard(host) && host != alikeHost(address.host)) return false;
    for (const std::string& port : splitList(builder.value(source, listens.portKey))) {
        if (parsePort(port) == address.port) return true;
    }
    return false;
}

} // namespace

void GraphBuilder::readTraffic() {
    for (const Node* traffic : graph_.ofKind(NodeKind::traffic)) {
        if (const Property* topic = traffic->property("topic")) {
            const NodeId id = plainId("topic", topic->value);
            if (find(id) != nullptr) addWire({WireKind::produce, traffic->id, id, {}, false});
        }
        const Property* file = traffic->property("file");
        const Property* tcp = traffic->property("tcp");
        const auto address = tcp != nullptr ? parseHostPort(tcp->value) : std::nullopt;
        for (const Node* source : graph_.ofKind(NodeKind::source)) {
            if (file != nullptr && reads(*this, *source, alikePath(file->value))) {
                addWire({WireKind::traffic, traffic->id, source->id, file->value, false});
            } else if (address && listensAt(*this, *source, *address)) {
                addWire({WireKind::traffic, traffic->id, source->id, tcp->value, false});
            }
        }
    }
}

} // namespace millrace::topology
