#include "canvas/commands/add_catalogue.h"

#include <QCoreApplication>

#include <algorithm>

namespace millrace::canvas {

namespace {

using topology::NodeKind;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(AddMenu)
};

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

void addComponents(QList<AddChoice>& choices, const std::vector<const catalog::ComponentSpec*>& specs,
                   const RunsHere& runs, NodeKind node, const QString& group) {
    for (const catalog::ComponentSpec* spec : specs) {
        if (!spec->loadable) continue;
        const QString type = text(spec->alias.empty() ? spec->className : spec->alias);
        choices.append({{node, type}, spec->title.empty() ? type : text(spec->title), group, !runs || runs(*spec)});
    }
}

} // namespace

QList<AddChoice> addCatalogue(const catalog::Catalog& catalog, const RunsHere& runs) {
    QList<AddChoice> choices;
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::source), runs, NodeKind::source, Texts::tr("source"));
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::channel), runs, NodeKind::channel,
                  Texts::tr("channel"));
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::sink), runs, NodeKind::sink, Texts::tr("sink"));
    choices.append({{NodeKind::topic, {}}, Texts::tr("topic"), Texts::tr("Kafka"), true});
    choices.append(
        {{NodeKind::cluster, QStringLiteral("embedded")}, Texts::tr("embedded cluster"), Texts::tr("Kafka"), true});
    choices.append(
        {{NodeKind::cluster, QStringLiteral("external")}, Texts::tr("external cluster"), Texts::tr("Kafka"), true});
    choices.append({{NodeKind::traffic, QStringLiteral("weblog")}, Texts::tr("web log"), Texts::tr("traffic"), true});
    choices.append({{NodeKind::traffic, QStringLiteral("orders")}, Texts::tr("orders"), Texts::tr("traffic"), true});
    choices.append({{NodeKind::agent, {}}, Texts::tr("agent"), Texts::tr("frame"), true});
    choices.append({{NodeKind::note, {}}, Texts::tr("note"), QString(), true});
    std::stable_partition(choices.begin(), choices.end(), [](const AddChoice& choice) { return choice.runsHere; });
    return choices;
}

} // namespace millrace::canvas
