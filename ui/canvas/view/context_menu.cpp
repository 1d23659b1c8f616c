#include "canvas/view/context_menu.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "words/node_words.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

namespace millrace::canvas {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CanvasMenu)
};

constexpr int kPaper = static_cast<int>(Under::paper), kAgent = static_cast<int>(Under::agent),
              kTraffic = static_cast<int>(Under::traffic), kNode = static_cast<int>(Under::node) | kTraffic,
              kWire = static_cast<int>(Under::wire), kGhost = static_cast<int>(Under::ghost);

/// A command, where it is offered, and which lines it stands between.
struct Offer {
    const char* id;
    int where;
    int group;
};

constexpr Offer kOffers[] = {
    {"properties", kNode | kAgent, 0},
    {"adopt", kGhost, 0},
    {"peek", kNode | kWire | kGhost, 0},
    {"burst", kTraffic, 0},
    {"wire", kNode, 1},
    {"rename", kNode | kAgent, 1},
    {"add", kPaper | kAgent, 1},
    {"moveToAgent", kNode, 1},
    {"groupFailover", kNode, 1},
    {"groupBalance", kNode, 1},
    {"cut", kNode | kAgent, 2},
    {"copy", kNode | kAgent, 2},
    {"paste", kPaper | kAgent, 2},
    {"duplicate", kNode | kAgent, 2},
    {"selectAll", kPaper, 2},
    {"remove", kNode | kAgent | kWire, 3},
    {"zoomFit", kPaper, 3},
    {"tidyUp", kPaper, 3},
};

/// The agents that the selected parts could go to, by name.
void addAgents(QMenu& menu, CanvasView& view) {
    const QStringList parts = view.commands().selectedParts();
    const QStringList others = view.commands().otherAgents(parts);
    QMenu* agents = menu.addMenu(Texts::tr("Move to agent"));
    agents->setObjectName(QStringLiteral("moveToAgent"));
    for (const QString& id : others)
        QObject::connect(agents->addAction(studio::nameInId(id)), &QAction::triggered, &view,
                         [&view, id, parts] { view.commands().moveToAgent(id, parts); });
}

} // namespace

void openContextMenu(CanvasView& view, commands::CommandRegistry& registry, Under under, const QPoint& global) {
    auto* menu = new QMenu(&view);
    menu->setObjectName(QStringLiteral("canvasMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    registry.refresh();
    int group = -1;
    for (const Offer& offer : kOffers) {
        QAction* action = registry.action(QLatin1String(offer.id));
        if (!(offer.where & static_cast<int>(under)) || !action || !action->isEnabled()) continue;
        if (!menu->isEmpty() && group != offer.group) menu->addSeparator();
        group = offer.group;
        if (action->objectName() == QLatin1String("moveToAgent"))
            addAgents(*menu, view);
        else
            menu->addAction(action);
    }
    if (menu->isEmpty()) return menu->deleteLater();
    menu->popup(global);
}

} // namespace millrace::canvas
