#include "words/node_words.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(NodeWords)
};
} // namespace

look::Glyph glyphOf(topology::NodeKind kind) {
    using topology::NodeKind;
    switch (kind) {
    case NodeKind::source:
        return look::Glyph::source;
    case NodeKind::channel:
        return look::Glyph::channel;
    case NodeKind::sink:
        return look::Glyph::sink;
    case NodeKind::sinkGroup:
        return look::Glyph::group;
    case NodeKind::agent:
        return look::Glyph::agent;
    case NodeKind::cluster:
        return look::Glyph::cluster;
    case NodeKind::topic:
        return look::Glyph::topic;
    case NodeKind::traffic:
        return look::Glyph::traffic;
    case NodeKind::note:
        return look::Glyph::note;
    }
    return look::Glyph::note;
}

bool isPart(topology::NodeKind kind) {
    using topology::NodeKind;
    return kind == NodeKind::source || kind == NodeKind::channel || kind == NodeKind::sink;
}

QString nameInId(const QString& id) {
    return id.section(QLatin1Char('/'), -1);
}

QString wordOf(topology::NodeKind kind) {
    using topology::NodeKind;
    switch (kind) {
    case NodeKind::source:
        return Texts::tr("source");
    case NodeKind::channel:
        return Texts::tr("channel");
    case NodeKind::sink:
        return Texts::tr("sink");
    case NodeKind::sinkGroup:
        return Texts::tr("sink group");
    case NodeKind::agent:
        return Texts::tr("agent");
    case NodeKind::cluster:
        return Texts::tr("cluster");
    case NodeKind::topic:
        return Texts::tr("topic");
    case NodeKind::traffic:
        return Texts::tr("traffic");
    case NodeKind::note:
        return Texts::tr("note");
    }
    return {};
}

QString typeTitle(const topology::Node& node) {
    if (isPart(node.kind) && node.spec && !node.spec->title.empty()) return QString::fromUtf8(node.spec->title);
    return QString::fromStdString(node.type);
}

QString describe(const topology::Node& node) {
    using topology::NodeKind;
    const QString agent = QString::fromStdString(node.agent);
    const QString type = typeTitle(node);
    switch (node.kind) {
    case NodeKind::source:
        //: %1 is a type such as kafka, %2 the name of an agent
        return Texts::tr("%1 source in agent %2").arg(type, agent);
    case NodeKind::channel:
        return Texts::tr("%1 channel in agent %2").arg(type, agent);
    case NodeKind::sink:
        return Texts::tr("%1 sink in agent %2").arg(type, agent);
    case NodeKind::sinkGroup:
        return Texts::tr("sink group (%1) in agent %2").arg(type.isEmpty() ? QStringLiteral("default") : type, agent);
    case NodeKind::agent:
        return Texts::tr("agent on this computer");
    case NodeKind::cluster:
        return node.type == "embedded" ? Texts::tr("Kafka cluster embedded in Millrace")
                                       : Texts::tr("external Kafka cluster");
    case NodeKind::topic:
        return Texts::tr("Kafka topic");
    case NodeKind::traffic:
        return Texts::tr("made-up input");
    case NodeKind::note:
        return Texts::tr("note");
    }
    return {};
}

QString unitText(std::string_view english) {
    // The units that the declarations use.
    static constexpr const char* kUnits[] = {QT_TRANSLATE_NOOP("NodeWords", "events"),
                                             QT_TRANSLATE_NOOP("NodeWords", "events/s"),
                                             QT_TRANSLATE_NOOP("NodeWords", "bytes"),
                                             QT_TRANSLATE_NOOP("NodeWords", "ms"), QT_TRANSLATE_NOOP("NodeWords", "s")};
    for (const char* unit : kUnits)
        if (english == unit) return Texts::tr(unit);
    return QString::fromUtf8(english);
}

QString helpText(std::string_view english) {
    return QCoreApplication::translate("catalog", std::string(english).c_str());
}

} // namespace millrace::studio
