// Every input that a fuzzer ever found worth keeping goes through its target again.
#include "fuzz/fuzz_target.h"
#include "support/test_program.h"

#include <QDir>
#include <QDirIterator>
#include <QtTest>

namespace {

using Run = void (*)(millrace::fuzz::Input);

QMap<QString, Run>& targets() {
    static QMap<QString, Run> all;
    return all;
}

QString corpus() {
    return QStringLiteral(MILLRACE_SOURCE_DIR "/tests/fuzz/corpus/");
}

} // namespace

millrace::fuzz::Target::Target(const char* name, Run run) {
    targets()[name] = run;
}

class CorpusTest : public QObject {
    Q_OBJECT
private slots:
    void everyTargetHasACorpusAndEveryCorpusATarget() {
        QCOMPARE(QDir(corpus()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name), targets().keys());
    }

    void whatIsKeptPasses_data() {
        QTest::addColumn<QString>("target");
        for (const QString& target : targets().keys()) QTest::newRow(qPrintable(target)) << target;
    }
    void whatIsKeptPasses() {
        QFETCH(QString, target);
        int inputs = 0;
        for (QDirIterator files(corpus() + target, QDir::Files); files.hasNext(); ++inputs) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            // A target that finds something aborts; the line before tells the input.
            qInfo("%s", qPrintable(file.fileName()));
            targets()[target]({reinterpret_cast<const std::uint8_t*>(bytes.data()), std::size_t(bytes.size())});
        }
        QVERIFY2(inputs >= 10, "a corpus of less than ten inputs tests nothing");
    }
};

MILLRACE_TEST(CorpusTest)
#include "tst_corpus.moc"
