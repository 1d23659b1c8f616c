// Compares what the sources include with the arrows that the CMake files declare and ARCHITECTURE.md shows.
#include "house/support/includes.h"
#include "support/test_program.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>

using namespace millrace::house;

namespace {

const QString kSource = QStringLiteral(MILLRACE_SOURCE_DIR);

/// The table of ARCHITECTURE.md: "| wire, net | base |". A folder in bold stands for itself.
Arrows pictured() {
    Arrows arrows;
    static const QRegularExpression row("^\\| `([^|]+)` \\|[^|]*\\| (.+) \\|$", QRegularExpression::MultilineOption);
    for (auto match = row.globalMatch(contentOf(kSource + "/ARCHITECTURE.md")); match.hasNext();) {
        const auto found = match.next();
        QSet<QString>& links = arrows[found.captured(1)];
        for (QString link : found.captured(2).split(',')) {
            link = link.trimmed().remove('`');
            if (link != "–") links.insert(link);
        }
    }
    return arrows;
}

QString listed(const QSet<QString>& names) {
    QStringList sorted(names.begin(), names.end());
    sorted.sort();
    return sorted.join(", ");
}

} // namespace

class TestArrows : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        arrows_ = declaredArrows();
        QVERIFY2(arrows_.size() >= 20, "the folder tables were not understood");
        for (const Include& include : includesBelow(kSource + "/engine")) note(include, "");
        for (const Include& include : includesBelow(kSource + "/ui")) note(include, "ui_");
        QVERIFY(included_.size() >= 15);
    }

    void everyIncludeFollowsADeclaredArrow() {
        QStringList stray;
        for (auto it = arrows_.begin(); it != arrows_.end(); ++it) {
            const QSet<QString> allowed = reachable(arrows_, it.key());
            for (const QString& target : included_.value(it.key()))
                if (!allowed.contains(target)) stray << witness_.value({it.key(), target});
        }
        QVERIFY2(stray.isEmpty(), qPrintable(stray.join('\n')));
    }

    void everyDeclaredArrowIsUsed() {
        QStringList unused;
        for (auto it = arrows_.begin(); it != arrows_.end(); ++it)
            for (const QString& link : it.value())
                if (!included_.value(it.key()).contains(link))
                    unused << QString("%1 links %2 and includes nothing of it").arg(it.key(), link);
        QVERIFY2(unused.isEmpty(), qPrintable(unused.join('\n')));
    }

    void noArrowPointsBack() { QCOMPARE(circleIn(arrows_), QString()); }

    void theTableOfTheArchitectureIsTheOneThatIsBuilt_data() {
        QTest::addColumn<QString>("folder");
        const QStringList folders = arrows_.keys() + pictured().keys();
        for (const QString& folder : QSet<QString>(folders.begin(), folders.end()))
            QTest::newRow(qPrintable(folder)) << folder;
    }
    void theTableOfTheArchitectureIsTheOneThatIsBuilt() {
        QFETCH(QString, folder);
        QVERIFY2(pictured().contains(folder), "this folder has no row in ARCHITECTURE.md");
        QVERIFY2(arrows_.contains(folder), "this row of ARCHITECTURE.md is no folder");
        QCOMPARE(listed(pictured().value(folder)), listed(arrows_.value(folder)));
    }

    void theEngineKnowsNoQt() {
        static const QRegularExpression qt("#include\\s+<Q");
        QDirIterator files(kSource + "/engine", {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QVERIFY2(!contentOf(path).contains(qt), qPrintable(path));
        }
    }

    void socketsAndAsioLiveOnlyInNet() {
        static const QRegularExpression sockets("#include\\s+<(boost/(asio|beast)|sys/socket|netinet|sys/epoll)");
        QDirIterator files(kSource + "/engine", {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.contains("/engine/net/")) continue;
            QVERIFY2(!contentOf(path).contains(sockets), qPrintable(path));
        }
    }

private:
    /// `prefix` is that of the including file's folder. What ui/ includes may lie in engine/ or ui/.
    void note(const Include& include, const QString& prefix) {
        const QString folder = prefix + include.file.section('/', 0, 0);
        QString target = include.target.section('/', 0, 0);
        if (arrows_.contains(prefix + target)) target = prefix + target;
        if (target == folder || !arrows_.contains(target)) return;
        included_[folder].insert(target);
        witness_.insert({folder, target}, QString("%1 includes %2").arg(include.file, include.target));
    }

    Arrows arrows_, included_;
    QMap<QPair<QString, QString>, QString> witness_;
};

MILLRACE_TEST(TestArrows)
#include "tst_arrows.moc"
