#include "support/test_program.h"

#include "shell/palette/palette_model.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace millrace;
using studio::PaletteFilter;
using studio::PaletteModel;
using topology::NodeKind;

namespace {

canvas::AddChoice choice(NodeKind kind, const char* title, bool runsHere = true) {
    return {{kind, QString::fromLatin1(title)}, QString::fromLatin1(title), {}, {}, runsHere};
}

struct Palette {
    Palette() {
        shown.setSourceModel(&model);
        model.fill({choice(NodeKind::source, "exec"), choice(NodeKind::channel, "memory"),
                    choice(NodeKind::topic, "topic"), choice(NodeKind::source, "jms", false)});
    }
    /// "Sources(exec more…) …": what is shown.
    QString written() const {
        QStringList groups;
        for (int group = 0; group < shown.rowCount(); ++group) {
            const QModelIndex above = shown.index(group, 0);
            QStringList entries;
            for (int row = 0; row < shown.rowCount(above); ++row)
                entries.append(shown.index(row, 0, above).data().toString());
            groups.append(above.data().toString() + u"("_qs + entries.join(u' ') + u")"_qs);
        }
        return groups.join(u' ');
    }
    QModelIndex more() const {
        return model.match(model.index(0, 0), PaletteModel::kMore, true, 1, Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }

    PaletteModel model;
    PaletteFilter shown;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester shownTester{&shown, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestPaletteModel : public QObject {
    Q_OBJECT
private slots:
    void whatRunsOnFlumeOnlyIsBehindMore() {
        Palette palette;
        QCOMPARE(palette.written(), QString::fromUtf8("Sources(exec more…) Channels(memory) Kafka(topic)"));
        palette.model.toggle(palette.more());
        QCOMPARE(palette.written(), QString::fromUtf8("Sources(exec jms fewer) Channels(memory) Kafka(topic)"));
        palette.model.toggle(palette.more());
        QCOMPARE(palette.written(), QString::fromUtf8("Sources(exec more…) Channels(memory) Kafka(topic)"));
    }

    void wordsFindAllThereIs_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("shown");
        QTest::newRow("what runs here") << "EXE"
                                        << "Sources(exec)";
        QTest::newRow("what does not") << " jm"
                                       << "Sources(jms)";
        QTest::newRow("in several groups") << "e"
                                           << "Sources(exec) Channels(memory)";
        QTest::newRow("nothing") << "zz"
                                 << "";
    }
    void wordsFindAllThereIs() {
        QFETCH(QString, words);
        QFETCH(QString, shown);
        Palette palette;
        palette.shown.setWords(words);
        QCOMPARE(palette.written(), shown);
        palette.shown.setWords({});
        QCOMPARE(palette.written(), QString::fromUtf8("Sources(exec more…) Channels(memory) Kafka(topic)"));
    }

    void anotherLanguageLeavesUnfoldedWhatIs() {
        Palette palette;
        palette.model.toggle(palette.more());
        palette.model.fill({choice(NodeKind::source, "x"), choice(NodeKind::source, "y", false)});
        QCOMPARE(palette.written(), QStringLiteral("Sources(x y fewer)"));
    }

    void onlyEntriesTravel() {
        const Palette palette;
        const QModelIndex group = palette.model.index(0, 0), entry = palette.model.index(0, 0, group);
        QVERIFY(!(palette.model.flags(group) & Qt::ItemIsDragEnabled));
        QVERIFY(!(palette.model.flags(palette.more()) & Qt::ItemIsDragEnabled));
        const std::unique_ptr<QMimeData> mime(palette.model.mimeData({entry}));
        QCOMPARE(canvas::fromMime(mime.get()), (canvas::PaletteItem{NodeKind::source, QStringLiteral("exec")}));
    }
};

MILLRACE_TEST(TestPaletteModel)
#include "tst_palette_model.moc"
