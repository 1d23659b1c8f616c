#include "canvas/tools/mode_factory.h"

#include "canvas/commands/canvas_commands.h"
#include "canvas/scene/canvas_scene.h"
#include "canvas/tools/pick_mode.h"
#include "document/document_store.h"
#include "words/node_words.h"

#include <QCoreApplication>

namespace millrace::canvas {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PickMode)
};

Pick wireEnd(ToolHost& host) {
    Pick pick;
    const topology::Node* node = host.store().selectedNode();
    if (!node) return pick;
    pick.from = QString::fromStdString(node->id);
    for (const DrawnNode& drawn : host.canvas().drawing().nodes) {
        const auto leadsOut = host.commands().wireLeadsOut(pick.from, drawn.id);
        if (!leadsOut) continue;
        pick.candidates.append(drawn.id);
        if (!*leadsOut) pick.before.insert(drawn.id);
    }
    pick.words = [before = pick.before, from = studio::nameInId(pick.from)](const QString& id) {
        const auto [start, end] =
            before.contains(id) ? std::pair(studio::nameInId(id), from) : std::pair(from, studio::nameInId(id));
        return Texts::tr("Enter draws a wire from %1 to %2. Arrows and Tab go on, Esc leaves.").arg(start, end);
    };
    pick.take = [&host, from = pick.from](const QString& id) { host.commands().connectNodes(from, id); };
    return pick;
}

Pick agent(ToolHost& host) {
    Pick pick;
    const QStringList parts = host.commands().selectedParts();
    for (const QString& id : host.commands().otherAgents(parts))
        pick.candidates.append(id);
    pick.words = [](const QString& id) {
        return Texts::tr("Enter moves the selection to agent %1. Arrows and Tab go on, Esc leaves.")
            .arg(studio::nameInId(id));
    };
    pick.take = [&host, parts](const QString& id) { host.commands().moveToAgent(id, parts); };
    return pick;
}

struct Row {
    Asked what;
    Pick (*ask)(ToolHost& host);
};
const Row kRows[] = {{Asked::wireEnd, wireEnd}, {Asked::agent, agent}};

} // namespace

std::unique_ptr<CanvasMode> modeFor(ToolHost& host, Asked what) {
    for (const Row& row : kRows) {
        if (row.what != what) continue;
        Pick pick = row.ask(host);
        if (!pick.candidates.isEmpty()) return std::make_unique<PickMode>(host, std::move(pick));
    }
    return nullptr;
}

} // namespace millrace::canvas
