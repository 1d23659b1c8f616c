#include "topology/graph/keys.h"

#include "base/utf8.h"
#include "topology/text/edit_errors.h"
#include "topology/text/escapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace millrace::topology {
namespace {

constexpr std::array<std::string_view, 5> kSectionWords = {"configfilters", "sources", "channels", "sinks",
                                                           "sinkgroups"};
constexpr std::array<std::string_view, 8> kFamilies = {"version", "cluster", "topic", "host",
                                                       "agent",   "traffic", "note",  "at"};

std::pair<std::string_view, std::string_view> cut(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return {text, {}};
    return {text.substr(0, dot), text.substr(dot + 1)};
}

} // namespace

NodeKind kindOf(Section section) {
    switch (section) {
    case Section::sources:
        return NodeKind::source;
    case Section::channels:
        return NodeKind::channel;
    case Section::sinks:
        return NodeKind::sink;
    default:
        return NodeKind::sinkGroup;
    }
}

std::optional<NodeKind> kindOf(std::string_view family) {
    for (const NodeKind kind :
         {NodeKind::agent, NodeKind::cluster, NodeKind::topic, NodeKind::traffic, NodeKind::note}) {
        if (family == toString(kind)) return kind;
    }
    return std::nullopt;
}

std::string_view toString(Section section) {
    return kSectionWords[static_cast<std::size_t>(section)];
}

std::optional<Section> sectionOf(std::string_view word) {
    const auto found = std::find(kSectionWords.begin(), kSectionWords.end(), word);
    if (found == kSectionWords.end()) return std::nullopt;
    return static_cast<Section>(found - kSectionWords.begin());
}

FlumeKey parseFlumeKey(std::string_view key) {
    FlumeKey out;
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) return out;
    out.agent = key.substr(0, dot);
    const auto [word, behind] = cut(key.substr(dot + 1));
    out.section = sectionOf(word);
    if (!out.section) return out;
    if (behind.empty()) {
        // "a.sources." is no list and no component either.
        if (key.size() > dot + 1 + word.size()) out.section = std::nullopt;
        return out;
    }
    const auto [name, rest] = cut(behind);
    if (name.empty() || rest.empty()) {
        out.section = std::nullopt;
        return out;
    }
    out.name = name;
    out.rest = rest;
    return out;
}

OurKey parseOurKey(std::string_view key) {
    OurKey out;
    const auto [family, behind] = cut(key);
    out.family = family;
    if (family == "at") {
        out.id = behind;
    } else {
        const auto [id, rest] = cut(behind);
        out.id = id;
        out.rest = rest;
    }
    return out;
}

int familyRank(std::string_view family) {
    const auto found = std::find(kFamilies.begin(), kFamilies.end(), family);
    if (found == kFamilies.end()) return 2 * static_cast<int>(kFamilies.size()) - 3;
    return 2 * static_cast<int>(found - kFamilies.begin());
}

std::optional<IdParts> parseId(const NodeId& id) {
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos || slash == 0) return std::nullopt;
    const std::string first = id.substr(0, slash);
    const std::size_t second = id.find('/', slash + 1);
    if (second != std::string::npos) {
        const auto section = sectionOf(std::string_view(id).substr(slash + 1, second - slash - 1));
        if (section && section != Section::configfilters)
            return IdParts{first, kindOf(*section), id.substr(second + 1)};
    }
    const auto kind = kindOf(first);
    if (!kind) return std::nullopt;
    return IdParts{{}, *kind, id.substr(slash + 1)};
}

std::string nameOf(const NodeId& id) {
    const auto parts = parseId(id);
    return parts ? parts->name : std::string();
}

std::string agentOf(const NodeId& id) {
    const auto parts = parseId(id);
    return parts ? parts->agent : std::string();
}

bool fitsId(std::string_view name) {
    return !name.empty() && name.find('/') == std::string_view::npos;
}

KeyPrefix prefixOf(const NodeId& id) {
    const auto parts = parseId(id);
    if (!parts) return {};
    switch (parts->kind) {
    case NodeKind::agent:
        return {parts->name + ".", false};
    case NodeKind::source:
    case NodeKind::channel:
    case NodeKind::sink:
    case NodeKind::sinkGroup:
        return {fmt::format("{}.{}.{}.", parts->agent, toString(sectionFor(parts->kind)), parts->name), false};
    default:
        return {fmt::format("{}.{}.", toString(parts->kind), parts->name), true};
    }
}

FullKey fullKeyOf(const NodeId& id, std::string_view key) {
    const auto parts = parseId(id);
    if (parts && parts->kind == NodeKind::agent && key == "host") return {"agent." + parts->name + ".host", true};
    const KeyPrefix prefix = prefixOf(id);
    return {prefix.prefix + std::string(key), prefix.ours};
}

std::string placeKeyOf(const NodeId& id) {
    const auto parts = parseId(id);
    if (!parts || parts->kind == NodeKind::sinkGroup) return {};
    if (parts->agent.empty()) return fmt::format("{}.{}", toString(parts->kind), parts->name);
    return fmt::format("agent.{}.{}.{}", parts->agent, toString(sectionFor(parts->kind)), parts->name);
}

namespace {

/// Each node has an id, and each keystroke makes them anew: formatting them costs five times as much.
template <typename... More>
NodeId joined(std::string_view first, More... more) {
    NodeId id;
    id.reserve(first.size() + (... + (std::string_view(more).size() + 1)));
    id.append(first);
    ((id.append(1, '/').append(more)), ...);
    return id;
}

} // namespace

NodeId componentId(std::string_view agent, Section section, std::string_view name) {
    if (!fitsId(agent) || name.find('/') != std::string_view::npos) return {};
    return joined(agent, toString(section), name);
}

NodeId plainId(std::string_view family, std::string_view name) {
    return fitsId(name) ? joined(family, name) : NodeId();
}

Section sectionFor(NodeKind kind) {
    switch (kind) {
    case NodeKind::source:
        return Section::sources;
    case NodeKind::channel:
        return Section::channels;
    case NodeKind::sink:
        return Section::sinks;
    default:
        return Section::sinkgroups;
    }
}

std::vector<std::string> splitList(std::string_view value) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < value.size();) {
        while (at < value.size() && isListBlank(value[at]))
            ++at;
        const std::size_t begin = at;
        while (at < value.size() && !isListBlank(value[at]))
            ++at;
        if (at > begin) out.emplace_back(value.substr(begin, at - begin));
    }
    return out;
}

std::vector<std::string> splitOn(std::string_view value, char separator) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t found = value.find(separator);
        out.emplace_back(trimmed(value.substr(0, found)));
        if (found == std::string_view::npos) return out;
        value.remove_prefix(found + 1);
    }
}

Status checkName(std::string_view name) {
    if (name.empty()) return refusal("name-is-empty");
    if (name.size() > 200) return refusal("name-is-long");
    if (!isUtf8(name)) return refusal("name-is-no-text");
    for (const char c : name) {
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F) return refusal("name-has-blanks");
        if (std::string_view(".=:#!\\/,$").find(c) != std::string_view::npos) {
            return refusal("name-has-character", {std::string(1, c)});
        }
    }
    return ok();
}

Status checkOurId(const OurKey& key) {
    const bool flumesName = key.family == "agent" && fitsId(key.id);
    return flumesName ? ok() : checkName(key.id);
}

std::string asName(std::string_view wanted) {
    std::string out;
    for (const char c : wanted) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (plain) {
            out += c;
        } else if (!out.empty() && out.back() != '-') {
            out += '-';
        }
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out.empty() ? "node" : out.substr(0, 100);
}

} // namespace millrace::topology
