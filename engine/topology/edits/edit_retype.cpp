#include "topology/graph/address.h"
#include "topology/edits/draft.h"
#include "topology/edits/edits.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"
#include "topology/edits/working_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace millrace::topology {
namespace {

/// Keys that every component of the kind has, whatever its type.
bool staysWithKind(const Node& node, std::string_view key) {
    if (node.kind == NodeKind::source) {
        return key == "channels" || key.starts_with("selector.") || key == "interceptors" ||
               key.starts_with("interceptors.");
    }
    return node.kind == NodeKind::sink ? key == "channel" : node.kind == NodeKind::sinkGroup && key == "sinks";
}

Edit retypeGroup(const Document& document, const Node& node, const catalog::ComponentSpec* spec, std::string_view type,
                 bool keepUnknown) {
    Draft draft(document);
    const std::string prefix = prefixOf(node.id).prefix + "processor.";
    draft.removeEntries([&](const Entry& entry) {
        if (keepUnknown || spec == nullptr || entry.ours || !entry.key.starts_with(prefix)) return false;
        const std::string_view key = std::string_view(entry.key).substr(prefix.size());
        return key != "type" && spec->property(key) == nullptr;
    });
    draft.setAll(node.id, {{"processor.type", std::string(type)}});
    Edit edit = draft.take();
    return edit;
}

} // namespace

Result<Edit> retype(const Document& document, const NodeId& id, std::string_view type, bool keepUnknown) {
    MILLRACE_TRY(editable(document));
    const Node* node = document.graph().find(id);
    if (node == nullptr) return noSuchNode(id);
    if (type.empty()) return refusal("node-needs-type", {toString(node->kind)});
    using Kind = catalog::ComponentKind;
    const auto& catalog = document.catalog();
    if (node->kind == NodeKind::sinkGroup) {
        return retypeGroup(document, *node, catalog.find(Kind::sinkProcessor, type), type, keepUnknown);
    }
    if (node->kind == NodeKind::cluster || node->kind == NodeKind::traffic)
        return setNodeProperty(document, id, "kind", type);
    if (node->kind != NodeKind::source && node->kind != NodeKind::channel && node->kind != NodeKind::sink) {
        return refusal("node-has-no-type", {toString(node->kind)});
    }
    const Kind kind = node->kind == NodeKind::source    ? Kind::source
                      : node->kind == NodeKind::channel ? Kind::channel
                                                        : Kind::sink;
    const catalog::ComponentSpec* spec = catalog.find(kind, type);
    Draft draft(document);
    const std::string prefix = prefixOf(id).prefix;
    draft.removeEntries([&](const Entry& entry) {
        if (keepUnknown || spec == nullptr || entry.ours || !entry.key.starts_with(prefix)) return false;
        const std::string_view key = std::string_view(entry.key).substr(prefix.size());
        return key != "type" && !staysWithKind(*node, key) && spec->property(key) == nullptr;
    });
    draft.setAll(id, {{"type", spec != nullptr ? typeValue(*spec) : std::string(type)}});
    if (spec == nullptr) return draft.take();
    std::map<std::string, std::string> set;
    for (const Property& property : draft.graph().find(id)->properties)
        set[property.key] = property.value;
    auto values = workingValues(draft.graph(), *spec, node->agent, node->name, set);
    std::erase_if(values, [&set](const KeyValue& v) { return set.contains(v.first); });
    draft.setAll(id, values);
    return draft.take();
}

namespace {

/// Rewrites the servers of a comma list that mean `old`; empty when none does.
std::string withAddress(std::string_view list, const HostPort& old, std::string_view fresh) {
    std::string out;
    bool changed = false;
    for (const std::string& part : splitOn(list, ',')) {
        const auto server = parseHostPort(part);
        const bool same = server && server->port == old.port && alikeHost(server->host) == alikeHost(old.host);
        changed = changed || same;
        out += (out.empty() ? "" : ",") + (same ? std::string(fresh) : part);
    }
    return changed ? out : std::string();
}

std::string textOf(const HostPort& address) {
    return fmt::format(fmt::runtime(address.host.find(':') == std::string::npos ? "{}:{}" : "[{}]:{}"), address.host,
                       address.port);
}

class AddressChange {
public:
    AddressChange(const Document& document, HostPort old, HostPort fresh)
        : draft_(document),
          old_(std::move(old)),
          fresh_(std::move(fresh)),
          freshText_(textOf(fresh_)) {}

    Edit run() {
        const Graph graph = draft_.graph();
        for (const Node& node : graph.nodes) {
            if (node.implied) continue;
            for (const char* key : {"listen", "servers", "tcp"}) {
                if (node.kind == NodeKind::cluster || node.kind == NodeKind::traffic) list(node, key);
            }
            if (node.kind == NodeKind::note) words(node);
            if (node.spec == nullptr) continue;
            if (!node.spec->kafka.serversKey.empty()) list(node, node.spec->kafka.serversKey);
            endpoint(node, node.spec->listens);
            endpoint(node, node.spec->connects);
        }
        return draft_.take();
    }

private:
    void list(const Node& node, std::string_view key) {
        const Property* property = node.property(key);
        if (property == nullptr) return;
        const std::string changed = withAddress(property->value, old_, freshText_);
        if (!changed.empty()) draft_.setAll(node.id, {{std::string(key), changed}});
    }

    /// A note that tells the address would tell the wrong one.
    void words(const Node& node) {
        std::string text = node.valueOr("text");
        replaceIn(text, textOf(old_));
        for (const char* host : {"localhost", "127.0.0.1"})
            if (alikeHost(host) == alikeHost(old_.host)) replaceIn(text, textOf({host, old_.port}));
        if (text != node.valueOr("text")) draft_.setAll(node.id, {{"text", text}});
    }

    void replaceIn(std::string& text, const std::string& old) const {
        if (old == freshText_) return;
        for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + 1)) {
            const std::size_t end = at + old.size();
            const bool longer = end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]));
            if (!longer) text.replace(at, old.size(), freshText_);
        }
    }

    void endpoint(const Node& node, const catalog::Endpoint& end) {
        if (end.portKey.empty() || parsePort(node.valueOr(end.portKey)) != old_.port) return;
        const std::string host = end.hostKey.empty() ? "" : node.valueOr(end.hostKey);
        // A wildcard listener covers every name of its computer; its own way to say so stays.
        const bool any = isWildcard(alikeHost(host));
        if (!any && alikeHost(host) != alikeHost(old_.host)) return;
        draft_.setAll(node.id, {{std::string(end.portKey), std::to_string(fresh_.port)}});
        if (!any && !end.hostKey.empty() && alikeHost(host) != alikeHost(fresh_.host)) {
            draft_.setAll(node.id, {{std::string(end.hostKey), fresh_.host}});
        }
    }

    Draft draft_;
    HostPort old_, fresh_;
    std::string freshText_;
};

} // namespace

Result<Edit> replaceAddress(const Document& document, std::string_view oldHostPort, std::string_view newHostPort) {
    MILLRACE_TRY(editable(document));
    auto old = parseHostPort(oldHostPort), fresh = parseHostPort(newHostPort);
    for (const auto& [address, text] : {std::pair(old, oldHostPort), std::pair(fresh, newHostPort)}) {
        if (!address) return refusal("bad-host-port", {std::string(text)});
    }
    return AddressChange(document, *old, *fresh).run();
}

} // namespace millrace::topology
