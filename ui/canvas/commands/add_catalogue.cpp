#include "canvas/commands/add_catalogue.h"

#include "words/node_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace millrace::canvas {

namespace {

using topology::NodeKind;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(AddMenu)
};

/// As people reach for them; what is not named here follows in the catalog's order.
int rankOf(std::string_view title) {
    constexpr std::string_view kOrder[] = {"TAILDIR", "exec", "netcat",    "avro",   "kafka", "seq",  "stress",
                                           "memory",  "file", "file_roll", "logger", "hdfs",  "http", "null"};
    const auto found = std::find(std::begin(kOrder), std::end(kOrder), title);
    return static_cast<int>(found - std::begin(kOrder));
}

void addComponents(QList<AddChoice>& choices, std::vector<const catalog::ComponentSpec*> specs, const RunsHere& runs,
                   NodeKind node, const QString& group) {
    std::ranges::stable_sort(specs, {}, [](const catalog::ComponentSpec* spec) { return rankOf(spec->title); });
    for (const catalog::ComponentSpec* spec : specs) {
        const bool runsHere = !runs || runs(*spec);
        if (!spec->loadable && !(runs && runsHere)) continue; // nobody runs it
        const QString type = QString::fromUtf8(spec->alias.empty() ? spec->className : spec->alias);
        choices.append({{node, type},
                        spec->title.empty() ? type : QString::fromUtf8(spec->title),
                        group,
                        studio::helpText(spec->summary),
                        runsHere});
    }
}

void addKafka(QList<AddChoice>& choices) {
    const QString group = Texts::tr("Kafka");
    choices.append({{NodeKind::topic, {}},
                    Texts::tr("topic"),
                    group,
                    Texts::tr("A topic, made before the run when it is not there yet.")});
    choices.append({{NodeKind::cluster, QStringLiteral("embedded")},
                    Texts::tr("embedded cluster"),
                    group,
                    Texts::tr("A Kafka cluster that Millrace runs itself.")});
    choices.append({{NodeKind::cluster, QStringLiteral("external")},
                    Texts::tr("external cluster"),
                    group,
                    Texts::tr("A Kafka cluster that runs elsewhere.")});
}

void addOthers(QList<AddChoice>& choices) {
    choices.append({{NodeKind::traffic, QStringLiteral("weblog")},
                    Texts::tr("web log"),
                    Texts::tr("traffic"),
                    Texts::tr("Made-up input: a web access log at a set rate.")});
    choices.append({{NodeKind::traffic, QStringLiteral("orders")},
                    Texts::tr("orders"),
                    Texts::tr("traffic"),
                    Texts::tr("Made-up input: orders of a shop at a set rate.")});
    choices.append({{NodeKind::agent, {}},
                    Texts::tr("agent"),
                    Texts::tr("frame"),
                    Texts::tr("A Flume agent: sources, channels and sinks that run together.")});
    choices.append({{NodeKind::note, {}}, Texts::tr("note"), QString(), Texts::tr("A note on the canvas.")});
}

} // namespace

QList<AddChoice> addCatalogue(const catalog::Catalog& catalog, const RunsHere& runs) {
    QList<AddChoice> choices;
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::source), runs, NodeKind::source, Texts::tr("source"));
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::channel), runs, NodeKind::channel,
                  Texts::tr("channel"));
    addComponents(choices, catalog.ofKind(catalog::ComponentKind::sink), runs, NodeKind::sink, Texts::tr("sink"));
    addKafka(choices);
    addOthers(choices);
    std::stable_partition(choices.begin(), choices.end(), [](const AddChoice& choice) { return choice.runsHere; });
    return choices;
}

} // namespace millrace::canvas
