#include "topology/graph/graph_reader.h"

#include "catalog/millrace/document_parts.h"
#include "topology/graph/graph_builder.h"
#include "topology/graph/keys.h"
#include "topology/text/escapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <unordered_map>

namespace millrace::topology {
namespace {

constexpr std::size_t kUsualProperties = 4; ///< of a component

Property asProperty(const Entry& entry, std::string_view key) {
    return Property{std::string(key), entry.value, entry.keyRange, entry.valueRange, entry.line};
}

catalog::ComponentKind componentKindOf(Section section) {
    switch (section) {
    case Section::sources:
        return catalog::ComponentKind::source;
    case Section::channels:
        return catalog::ComponentKind::channel;
    case Section::sinks:
        return catalog::ComponentKind::sink;
    default:
        return catalog::ComponentKind::sinkProcessor;
    }
}

} // namespace

const catalog::ComponentSpec* declarationOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::cluster:
        return &catalog::kClusterPart;
    case NodeKind::topic:
        return &catalog::kTopicPart;
    case NodeKind::traffic:
        return &catalog::kTrafficPart;
    default:
        return nullptr;
    }
}

std::vector<const Entry*> effectiveEntries(const PropertiesText& properties) {
    std::vector<const Entry*> out;
    out.reserve(properties.entries.size());
    for (const Entry& entry : properties.entries) {
        if (!entry.superseded) out.push_back(&entry);
    }
    return out;
}

ValueMap flumeValues(const PropertiesText& properties) {
    ValueMap values;
    for (const Entry& entry : properties.entries) {
        if (!entry.ours) values.insert_or_assign(entry.key, entry.value);
    }
    return values;
}

std::optional<Position> parsePosition(std::string_view text) {
    std::array<double, 4> numbers{};
    std::size_t count = 0;
    const char *at = text.data(), *const past = at + text.size();
    while (true) {
        while (at != past && isListBlank(*at))
            ++at;
        if (at == past) break;
        if (count == numbers.size()) return std::nullopt;
        double& number = numbers[count++];
        const auto [end, error] = std::from_chars(at, past, number);
        if (error != std::errc{} || !(std::abs(number) <= 1e6) || (end != past && !isListBlank(*end))) return std::nullopt;
        at = end;
    }
    if (count != 2 && count != 4) return std::nullopt;
    Position position{numbers[0], numbers[1], {}, {}};
    if (count == 4) {
        position.width = numbers[2];
        position.height = numbers[3];
    }
    return position;
}

std::string formatPosition(const Position& position) {
    // Half pixels are below what a hand can do; whole numbers keep the file tidy.
    const auto whole = [](double value) { return static_cast<long long>(std::llround(std::clamp(value, -1e6, 1e6))); };
    std::string out = fmt::format("{} {}", whole(position.x), whole(position.y));
    if (position.width && position.height)
        out += fmt::format(" {} {}", whole(*position.width), whole(*position.height));
    return out;
}

NodeId placedId(std::string_view what) {
    const std::size_t dot = what.find('.');
    if (dot == std::string_view::npos || dot + 1 == what.size()) return {};
    const std::string_view family = what.substr(0, dot);
    const std::string_view rest = what.substr(dot + 1);
    if (family == "agent") {
        if (rest.find('.') == std::string_view::npos) return plainId("agent", rest);
        const std::string full = std::string(rest).append(".x");
        const FlumeKey part = parseFlumeKey(full);
        if (!part.isComponent() || part.rest != "x") return {};
        return componentId(part.agent, *part.section, part.name);
    }
    return kindOf(family) ? plainId(family, rest) : NodeId();
}

std::string alikePath(std::string_view path) {
    return std::filesystem::path(path).lexically_normal().string();
}

namespace {

/// Most files have no variables; then nothing is ever looked up.
ValueMap valuesForVariables(const PropertiesText& properties) {
    const bool variables = std::ranges::any_of(
        properties.entries, [](const Entry& entry) { return entry.value.find("${") != std::string::npos; });
    return variables ? flumeValues(properties) : ValueMap();
}

} // namespace

GraphBuilder::GraphBuilder(const PropertiesText& properties, const catalog::Catalog& catalog)
    : properties_(properties), catalog_(catalog), values_(valuesForVariables(properties), nullptr, nullptr) {}

Node* GraphBuilder::find(const NodeId& id) {
    const auto found = byId_.find(id);
    return found == byId_.end() ? nullptr : &graph_.nodes[found->second];
}

Node& GraphBuilder::add(Node node) {
    if (const auto place = places_.find(node.id); place != places_.end()) node.position = place->second;
    byId_[node.id] = static_cast<std::uint32_t>(graph_.nodes.size());
    return graph_.nodes.emplace_back(std::move(node));
}

void GraphBuilder::addWire(Wire wire) {
    graph_.wires.push_back(std::move(wire));
}

std::string GraphBuilder::value(const Node& node, std::string_view key) const {
    return std::string(trimmed(values_.resolve(node.valueOr(key))));
}

GraphBuilder::AgentLines& GraphBuilder::agent(std::string_view name) {
    // Most lines stand beside others of their agent.
    if (lastAgent_ < agents_.size() && agents_[lastAgent_].name == name) return agents_[lastAgent_];
    const auto [found, added] = agentIndex_.try_emplace(std::string(name), agents_.size());
    if (added) agents_.emplace_back().name = name;
    lastAgent_ = found->second;
    return agents_[lastAgent_];
}

GraphBuilder::Part& GraphBuilder::AgentLines::part(Section section, std::string_view name) {
    SectionLines& here = of(section);
    if (!here.parts.empty() && here.parts.back().name == name) return here.parts.back();
    const auto [found, added] = here.index.try_emplace(std::string(name), here.parts.size());
    if (added) here.parts.push_back({std::string(name), {}});
    if (added) here.parts.back().properties.reserve(kUsualProperties);
    return here.parts[found->second];
}

void GraphBuilder::collectFlume(const Entry& entry) {
    const FlumeKey key = parseFlumeKey(entry.key);
    if (!fitsId(key.agent)) return;
    AgentLines& lines = agent(key.agent);
    const bool drawn = key.section && key.section != Section::configfilters;
    if (drawn && key.isComponent()) {
        if (!fitsId(key.name)) return;
        lines.part(*key.section, key.name).properties.push_back(asProperty(entry, key.rest));
        lines.real = true;
        return;
    }
    if (drawn && key.isList()) {
        const std::string value = values_.resolve(entry.value);
        auto& list = lines.of(*key.section).list;
        list = key.section == Section::sinkgroups ? splitOn(value, ' ') : splitList(value);
        std::erase_if(list, [](const std::string& name) { return !fitsId(name); });
        lines.real = true;
    }
    lines.properties.push_back(asProperty(entry, std::string_view(entry.key).substr(key.agent.size() + 1)));
}

void GraphBuilder::collectOurs(const Entry& entry) {
    const OurKey key = parseOurKey(entry.key);
    if (key.family == "at") {
        placeNode(entry, key.id);
        return;
    }
    const auto kind = kindOf(key.family);
    if (!kind || !checkOurId(key) || key.rest.empty()) return;
    if (kind == NodeKind::agent) {
        AgentLines& lines = agent(key.id);
        lines.real = true;
        lines.properties.push_back(asProperty(entry, key.rest));
        return;
    }
    const NodeId id = plainId(key.family, key.id);
    const auto [found, added] = ourIndex_.try_emplace(id, ourNodes_.size());
    if (added) {
        Node& node = ourNodes_.emplace_back();
        node.id = id;
        node.kind = *kind;
        node.name = key.id;
        node.spec = declarationOf(node.kind);
    }
    Node& node = ourNodes_[found->second];
    node.properties.push_back(asProperty(entry, key.rest));
    if (key.rest == "kind") node.type = entry.value;
}

void GraphBuilder::placeNode(const Entry& entry, std::string_view what) {
    const NodeId id = placedId(what);
    const auto position = parsePosition(entry.value);
    if (id.empty() || !position) return;
    places_[id] = *position;
    if (id.starts_with("agent/") && id.find('/', 6) == std::string::npos)
        agent(std::string_view(id).substr(6)).real = true;
}

void GraphBuilder::addPart(const std::string& agent, Section section, const std::string& name,
                           std::vector<Property> properties, bool declared) {
    Node node;
    node.id = componentId(agent, section, name);
    node.kind = kindOf(section);
    node.agent = agent;
    node.name = name;
    node.declared = declared;
    node.properties = std::move(properties);
    const Property* type = node.property(section == Section::sinkgroups ? "processor.type" : "type");
    if (type != nullptr) {
        node.type = type->value;
        node.spec = catalog_.find(componentKindOf(section), trimmed(values_.resolve(type->value)));
    }
    add(std::move(node));
}

void GraphBuilder::addAgent(AgentLines& lines) {
    if (!lines.real) return;
    Node node;
    node.id = plainId("agent", lines.name);
    node.kind = NodeKind::agent;
    node.name = lines.name;
    node.properties = std::move(lines.properties);
    add(std::move(node));
    for (const Section section : {Section::sources, Section::channels, Section::sinks, Section::sinkgroups}) {
        SectionLines& here = lines.of(section);
        std::set<std::string_view> seen;
        for (const std::string& name : here.list) {
            if (!seen.insert(name).second) continue;
            const auto written = here.index.find(name);
            addPart(lines.name, section, name,
                    written == here.index.end() ? std::vector<Property>()
                                                : std::move(here.parts[written->second].properties),
                    true);
        }
        for (Part& part : here.parts) {
            if (seen.insert(part.name).second)
                addPart(lines.name, section, part.name, std::move(part.properties), false);
        }
    }
}

void GraphBuilder::readNodes() {
    places_.reserve(static_cast<std::size_t>(std::ranges::count_if(properties_.entries, &Entry::ours)));
    for (const Entry* entry : effectiveEntries(properties_)) {
        if (entry->ours) {
            collectOurs(*entry);
        } else {
            collectFlume(*entry);
        }
    }
    std::size_t count = ourNodes_.size() + agents_.size();
    for (const AgentLines& lines : agents_)
        for (const SectionLines& here : lines.sections)
            count += std::max(here.list.size(), here.parts.size());
    graph_.nodes.reserve(count);
    byId_.reserve(count);
    for (Node& node : ourNodes_)
        add(std::move(node));
    for (AgentLines& lines : agents_)
        addAgent(lines);
}

Graph GraphBuilder::take() {
    graph_.makeIndex(std::move(byId_));
    return std::move(graph_);
}

Graph readGraph(const PropertiesText& properties, const catalog::Catalog& catalog) {
    GraphBuilder builder(properties, catalog);
    builder.readNodes();
    builder.readComponentWires();
    builder.readHops();
    builder.readKafka();
    builder.readTraffic();
    return builder.take();
}

} // namespace millrace::topology
