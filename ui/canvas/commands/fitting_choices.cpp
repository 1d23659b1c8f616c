#include "canvas/commands/fitting_choices.h"

#include "canvas/commands/flow_rules.h"
#include "topology/edits/edits.h"
#include "words/node_words.h"

namespace millrace::canvas {

QList<AddChoice> fittingChoices(const topology::Document& document, const QList<AddChoice>& choices,
                                const QString& from, bool fromOut) {
    const topology::Node* node = document.graph().find(from.toStdString());
    if (!node) return choices;
    // Tried in a document of this node alone: what else is drawn only makes it slow.
    const topology::Document alone =
        topology::Document::parse(topology::copyText(document, {node->id}), document.catalog());
    QList<AddChoice> fit;
    for (const AddChoice& choice : choices) {
        const bool upstreamSink =
            !fromOut && node->kind == topology::NodeKind::source && choice.item.kind == topology::NodeKind::sink;
        if (choice.item.kind == topology::NodeKind::agent || upstreamSink) continue;
        topology::NewNode wanted;
        wanted.kind = choice.item.kind;
        wanted.type = choice.item.type.toStdString();
        const bool leaves = node->kind == topology::NodeKind::sink && wanted.kind == topology::NodeKind::source;
        if (studio::isPart(node->kind) && studio::isPart(wanted.kind) && !leaves) wanted.agent = node->agent;
        const auto added = topology::addNode(alone, wanted);
        const auto with = added ? alone.apply(added->edit) : Result<topology::Document::Applied>(added.error());
        if (!with) continue;
        const auto kind = topology::canConnect(with->document, node->id, added->id);
        if (kind && startsAt(*kind, node->kind) == fromOut) fit.append(choice);
    }
    return fit;
}

} // namespace millrace::canvas
