#include "topology/graph/address.h"
#include "topology/edits/adoption.h"
#include "topology/edits/edits.h"
#include "topology/graph/graph_builder.h"
#include "topology/edits/connect_rules.h"
#include "topology/edits/mentions.h"
#include "topology/text/edit_errors.h"

#include <algorithm>

namespace millrace::topology {

Result<WireKind> canConnect(const Document& document, const NodeId& from, const NodeId& to) {
    MILLRACE_TRY(editable(document));
    auto joint = findJoint(document, from, to);
    MILLRACE_TRY(joint);
    return joint.value().kind;
}

namespace {

/// Sets topic and servers of a Kafka component.
void joinTopic(Draft& draft, const NodeId& component, const NodeId& topic) {
    const Node user = *draft.graph().find(component);
    const Node target = *draft.graph().find(topic);
    const catalog::KafkaUse& kafka = user.spec->kafka;
    const Node* cluster = draft.graph().find(plainId("cluster", target.valueOr("cluster")));
    const std::string servers = cluster != nullptr ? serversOf(*cluster) : std::string();
    const std::string topicName = target.valueOr("name", target.name);
    const bool sameServers = servers.empty() || alikeServers(user.valueOr(kafka.serversKey)) == alikeServers(servers);
    if (!sameServers) draft.setAll(component, {{std::string(kafka.serversKey), servers}});
    if (!kafka.topicKey.empty()) {
        draft.setAll(component, {{std::string(kafka.topicKey), topicName}});
        return;
    }
    const std::string old = sameServers ? user.valueOr(kafka.topicsKey) : "";
    draft.setAll(component, {{std::string(kafka.topicsKey), old.empty() ? topicName : old + ", " + topicName}});
}

void joinHop(Draft& draft, const NodeId& sinkId, const NodeId& sourceId) {
    const Node sink = *draft.graph().find(sinkId);
    const Node source = *draft.graph().find(sourceId);
    const auto& listens = source.spec->listens;
    const auto ports = splitList(source.valueOr(listens.portKey));
    std::string port = ports.empty() ? "" : ports.front();
    if (port.empty()) {
        port = std::to_string(freePort(draft.graph(), 4141));
        draft.setAll(sourceId, {{std::string(listens.portKey), port}});
    }
    const std::string bind = listens.hostKey.empty() ? "" : source.valueOr(listens.hostKey);
    std::string host = isWildcard(alikeHost(bind)) ? "127.0.0.1" : bind;
    const Node* owner = draft.graph().find(plainId("agent", source.agent));
    const Node* own = draft.graph().find(plainId("agent", sink.agent));
    const std::string place = owner != nullptr ? owner->valueOr("host") : "";
    if (!place.empty() && (own == nullptr || own->valueOr("host") != place)) {
        if (const auto address = draft.now().find("host." + place + ".address", true)) host = address->value;
    }
    draft.setAll(sinkId,
                 {{std::string(sink.spec->connects.hostKey), host}, {std::string(sink.spec->connects.portKey), port}});
}

int batchOf(const Node& node) {
    if (node.spec == nullptr || node.spec->batchProperty.empty()) return 0;
    const std::string text = node.valueOr(node.spec->batchProperty, node.spec->batchDefault);
    return text.size() < 7 && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos
               ? std::stoi(text)
               : 0;
}

/// A memory channel that takes the batches of both ends.
Result<Edit> joinThroughChannel(const Document& document, const NodeId& source, const NodeId& sink) {
    const Node *a = document.graph().find(source), *b = document.graph().find(sink);
    const int transaction = std::max({1000, batchOf(*a), batchOf(*b)});
    NewNode channel;
    channel.kind = NodeKind::channel;
    channel.type = "memory";
    channel.agent = a->agent;
    channel.properties = {{"capacity", std::to_string(10 * transaction)},
                          {"transactionCapacity", std::to_string(transaction)}};
    if (a->position && b->position) {
        channel.position =
            Position{(a->position->x + b->position->x) / 2, (a->position->y + b->position->y) / 2, {}, {}};
    }
    auto added = addNode(document, channel);
    MILLRACE_TRY(added);
    auto middle = document.apply(added.value().edit);
    MILLRACE_TRY(middle);
    Draft draft(middle.value().document);
    const std::string name = nameOf(added.value().id);
    draft.addToList(prefixOf(source).prefix + "channels", name);
    draft.set(prefixOf(sink).prefix + "channel", name);
    return compose(document, added.value().edit, draft.take());
}

Result<Edit> joinTraffic(const Document& document, const Joint& joint) {
    Draft draft(document);
    if (joint.kind == WireKind::produce) {
        auto topic = declare(draft, joint.to);
        MILLRACE_TRY(topic);
        draft.setAll(joint.from, {{"topic", nameOf(topic.value())}});
        draft.unset(fullKeyOf(joint.from, "file").key, true);
        draft.unset(fullKeyOf(joint.from, "tcp").key, true);
        return draft.take();
    }
    const auto feed = feedOf(*document.graph().find(joint.to));
    if (!feed) return refusal("traffic-not-read", {document.graph().find(joint.to)->type});
    draft.setAll(joint.from, {{feed->key, feed->value}});
    for (const char* key : {"file", "tcp", "topic"}) {
        if (feed->key != key) draft.unset(fullKeyOf(joint.from, key).key, true);
    }
    return draft.take();
}

/// Takes a channel out of a source: its list, and what the selector says of it.
void leaveChannel(Draft& draft, const NodeId& source, const NodeId& channel) {
    std::set<std::string> keys;
    const auto agent = agentOf(channel);
    for (const Mention& m : mentionsOf(draft.now(), agent, Section::channels, nameOf(channel))) {
        if (m.entry->key.starts_with(prefixOf(source).prefix)) keys.insert(m.entry->key);
    }
    for (const std::string& key : keys)
        draft.removeFromList(key, {nameOf(channel)});
}

void leaveTopic(Draft& draft, const NodeId& component, const NodeId& topic) {
    const Node user = *draft.graph().find(component);
    const Node* target = draft.graph().find(topic);
    const catalog::KafkaUse& kafka = user.spec->kafka;
    if (!kafka.topicKey.empty()) {
        draft.unset(fullKeyOf(component, kafka.topicKey).key);
        return;
    }
    if (user.property(kafka.topicsRegexKey) != nullptr) {
        draft.unset(fullKeyOf(component, kafka.topicsRegexKey).key);
        return;
    }
    auto topics = splitOn(user.valueOr(kafka.topicsKey), ',');
    std::erase(topics, target->valueOr("name", target->name));
    std::erase(topics, std::string());
    std::string left;
    for (const std::string& t : topics)
        left += (left.empty() ? "" : ", ") + t;
    const std::string key = fullKeyOf(component, kafka.topicsKey).key;
    if (left.empty()) {
        draft.unset(key);
    } else {
        draft.set(key, left);
    }
}

} // namespace

Result<Edit> connect(const Document& document, const NodeId& from, const NodeId& to) {
    MILLRACE_TRY(editable(document));
    auto found = findJoint(document, from, to);
    MILLRACE_TRY(found);
    const Joint& joint = found.value();
    const Node& a = *document.graph().find(joint.from);
    if (joint.needsChannel) return joinThroughChannel(document, joint.from, joint.to);
    if (a.kind == NodeKind::traffic) return joinTraffic(document, joint);
    Draft draft(document);
    switch (joint.kind) {
    case WireKind::sourceToChannel:
        draft.addToList(prefixOf(joint.from).prefix + "channels", nameOf(joint.to));
        break;
    case WireKind::channelToSink:
        draft.set(prefixOf(joint.to).prefix + "channel", nameOf(joint.from));
        break;
    case WireKind::hop:
        joinHop(draft, joint.from, joint.to);
        break;
    case WireKind::produce:
        joinTopic(draft, joint.from, joint.to);
        break;
    case WireKind::consume:
        joinTopic(draft, joint.to, joint.from);
        break;
    case WireKind::traffic:
        break;
    }
    return draft.take();
}

Result<Edit> disconnect(const Document& document, const Wire& wire) {
    MILLRACE_TRY(editable(document));
    const auto& wires = document.graph().wires;
    const bool known = std::any_of(wires.begin(), wires.end(), [&](const Wire& w) {
        return w.kind == wire.kind && w.from == wire.from && w.to == wire.to;
    });
    if (!known) return refusal("no-such-wire", {wire.from, wire.to}, ErrorCode::notFound);
    Draft draft(document);
    const Node from = *document.graph().find(wire.from);
    switch (wire.kind) {
    case WireKind::sourceToChannel:
        leaveChannel(draft, wire.from, wire.to);
        break;
    case WireKind::channelToSink:
        draft.unset(prefixOf(wire.to).prefix + "channel");
        break;
    case WireKind::hop:
        draft.unset(fullKeyOf(wire.from, from.spec->connects.hostKey).key);
        draft.unset(fullKeyOf(wire.from, from.spec->connects.portKey).key);
        break;
    case WireKind::produce:
        if (from.kind == NodeKind::traffic) {
            draft.unset(fullKeyOf(wire.from, "topic").key, true);
        } else {
            leaveTopic(draft, wire.from, wire.to);
        }
        break;
    case WireKind::consume:
        leaveTopic(draft, wire.to, wire.from);
        break;
    case WireKind::traffic:
        draft.unset(fullKeyOf(wire.from, from.property("tcp") != nullptr ? "tcp" : "file").key, true);
        break;
    }
    return draft.take();
}

} // namespace millrace::topology
