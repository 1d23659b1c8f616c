#include "inspector/offered_names.h"

namespace millrace::studio {

namespace {

using catalog::ComponentKind, catalog::Reference, topology::NodeKind;

ComponentKind componentKindOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::source:
        return ComponentKind::source;
    case NodeKind::channel:
        return ComponentKind::channel;
    case NodeKind::sink:
        return ComponentKind::sink;
    case NodeKind::sinkGroup:
        return ComponentKind::sinkProcessor;
    case NodeKind::agent:
        return ComponentKind::agent;
    case NodeKind::cluster:
        return ComponentKind::cluster;
    case NodeKind::topic:
        return ComponentKind::topic;
    case NodeKind::traffic:
        return ComponentKind::traffic;
    case NodeKind::note:
        return ComponentKind::note;
    }
    return ComponentKind::note;
}

QStringList partsOf(const topology::Graph& graph, const std::string& agent, NodeKind kind) {
    QStringList names;
    for (const topology::Node* part : graph.partsOf(agent))
        if (part->kind == kind) names.append(QString::fromStdString(part->name));
    return names;
}

} // namespace

QStringList namesReferredTo(const topology::Graph& graph, const catalog::RefersTo& refers, const std::string& agent) {
    QStringList names;
    switch (refers.to) {
    case Reference::nothing:
        break;
    case Reference::channel:
        return partsOf(graph, agent, NodeKind::channel);
    case Reference::sink:
        return partsOf(graph, agent, NodeKind::sink);
    case Reference::cluster:
        for (const topology::Node* cluster : graph.ofKind(NodeKind::cluster))
            names.append(QString::fromStdString(cluster->name));
        break;
    case Reference::topicId:
        for (const topology::Node* topic : graph.ofKind(NodeKind::topic))
            names.append(QString::fromStdString(topic->name));
        break;
    case Reference::topic:
        for (const topology::Node* topic : graph.ofKind(NodeKind::topic))
            names.append(QString::fromStdString(topology::topicName(*topic)));
        break;
    }
    return names;
}

Offer offerFor(const topology::Graph& graph, const topology::Node& node, const QString& key) {
    const catalog::RefersTo refers = catalog::refersTo(componentKindOf(node.kind), node.spec, key.toStdString());
    // A list is ticked, so it has to be of what there is; of topics there may be others.
    if (refers.separator != '\0' && refers.to == Reference::topic) return {};
    return {namesReferredTo(graph, refers, node.agent), refers.separator != '\0',
            refers.separator != '\0' ? QLatin1Char(refers.separator) : QLatin1Char(' ')};
}

} // namespace millrace::studio
