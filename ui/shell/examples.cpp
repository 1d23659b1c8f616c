#include "shell/examples.h"

#include <QCoreApplication>
#include <QFile>

namespace millrace::studio {

namespace {
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Examples)
};

/// What the notes in the examples say: they open in the user's language.
constexpr const char* kNotes[] = {
    QT_TRANSLATE_NOOP("Examples", "Press Run. Then: kcat -b 127.0.0.1:9092 -C -t weblog"),
    QT_TRANSLATE_NOOP("Examples", "Type to it yourself: nc 127.0.0.1 44444"),
    QT_TRANSLATE_NOOP("Examples", "Stop the sink files: hub fills, then web waits. Start it: nothing is lost."),
    QT_TRANSLATE_NOOP("Examples",
                      "Stop the source in of agent main: the spare takes over. Start it: main is asked again."),
    QT_TRANSLATE_NOOP("Examples", "Stop one collector: the other two carry on."),
    QT_TRANSLATE_NOOP("Examples",
                      "Stop the sink files: events wait on the disk. End Millrace by force, run it again: none is "
                      "lost."),
    QT_TRANSLATE_NOOP("Examples",
                      "Press Burst on rush: the topic holds what the archive cannot take yet, and the lag shows it."),
    QT_TRANSLATE_NOOP("Examples",
                      "Look into lake: a directory for each hour. A file loses its .tmp once it is whole."),
    QT_TRANSLATE_NOOP("Examples",
                      "Stop the sink files: the topic keeps what comes, and the lag shows it. Start it: it reads on "
                      "where it was."),
};
} // namespace

QList<Example> examples() {
    return {
        {u"weblog"_qs, Texts::tr("Web log through Kafka"),
         Texts::tr("A tail, a topic with three partitions, a second agent that files what it reads.")},
        {u"one-agent"_qs, Texts::tr("One agent"), Texts::tr("netcat, memory channel, logger: type and see.")},
        {u"chain"_qs, Texts::tr("Chain of two agents"),
         Texts::tr("Avro from hop to hop; stop one and watch the other wait.")},
        {u"fan-out"_qs, Texts::tr("Fan-out"), Texts::tr("One source, several channels: copies for all, or by header.")},
        {u"failover"_qs, Texts::tr("Failover group"), Texts::tr("A second sink takes over when the first one fails.")},
        {u"load-balance"_qs, Texts::tr("Load-balancing group"),
         Texts::tr("Several collectors share the work; one goes, the others carry on.")},
        {u"aggregation"_qs, Texts::tr("Aggregation"), Texts::tr("Many web servers, one collector.")},
        {u"peak-shaving"_qs, Texts::tr("Peak shaving"),
         Texts::tr("A burst that no store could take, held by a topic.")},
        {u"durable"_qs, Texts::tr("Events on the disk"),
         Texts::tr("A file channel: what is in it outlives the agent and the machine.")},
        {u"lake"_qs, Texts::tr("Into a data lake"),
         Texts::tr("Files by day and hour, on this computer or in HDFS.")},
        {u"topic-channel"_qs, Texts::tr("A topic as the channel"),
         Texts::tr("An agent without a sink and one without a source, and Kafka between them.")},
    };
}

std::optional<std::string> exampleText(const QString& name) {
    if (name.contains(QLatin1Char('/'))) return {};
    QFile file(QStringLiteral(":/examples/") + name + QStringLiteral(".conf"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray text = file.readAll();
    for (const char* note : kNotes)
        text.replace(QByteArray("text = ") + note + '\n', ("text = " + Texts::tr(note) + '\n').toUtf8());
    return text.toStdString();
}

} // namespace millrace::studio
