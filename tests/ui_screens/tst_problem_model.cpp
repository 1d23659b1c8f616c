#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "screens/problems/problem_model.h"
#include "screens/problems/problems_panel.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QTreeView>
#include <QtTest>

#include <random>

using namespace millrace;
using studio::Problem;
using studio::ProblemModel;

namespace {

std::vector<Problem> problems(const QString& letters) {
    std::vector<Problem> list;
    for (const QChar letter : letters) {
        Problem one;
        one.message = letter;
        list.push_back(one);
    }
    return list;
}

QString written(const ProblemModel& model) {
    QString letters;
    for (int row = 0; row < model.rowCount(); ++row)
        letters += model.index(row, ProblemModel::message).data().toString();
    return letters;
}

} // namespace

class TestProblemModel : public QObject {
    Q_OBJECT
private slots:
    void aNewerListReplacesOnlyWhatDiffers_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("gone");
        QTest::addColumn<int>("come");
        QTest::newRow("the same") << "abc"
                                  << "abc" << 0 << 0;
        QTest::newRow("one is mended") << "abc"
                                       << "ac" << 1 << 0;
        QTest::newRow("one is made") << "ac"
                                     << "abc" << 0 << 1;
        QTest::newRow("one becomes another") << "abc"
                                             << "axc" << 1 << 1;
        QTest::newRow("one of several alike") << "aaaa"
                                              << "aaa" << 1 << 0;
        QTest::newRow("all") << "abc"
                             << "" << 3 << 0;
        QTest::newRow("the first") << ""
                                   << "a" << 0 << 1;
    }
    void aNewerListReplacesOnlyWhatDiffers() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, gone);
        QFETCH(int, come);
        ProblemModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.take(problems(before));
        int removed = 0, inserted = 0;
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
                [&removed](const QModelIndex&, int first, int last) { removed += last - first + 1; });
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [&inserted](const QModelIndex&, int first, int last) { inserted += last - first + 1; });
        model.take(problems(after));
        QCOMPARE(written(model), after);
        QCOMPARE(removed, gone);
        QCOMPARE(inserted, come);
    }

    void anyListsFollowEachOther() {
        std::mt19937 random(7);
        ProblemModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 200; ++i) {
            QString letters;
            for (unsigned n = random() % 8; n > 0; --n)
                letters += QLatin1Char(static_cast<char>('a' + random() % 3));
            model.take(problems(letters));
            QCOMPARE(written(model), letters);
        }
    }

    void anEditElsewhereLeavesTheCurrentProblemAndItsButton() {
        studio::DocumentStore store;
        studio::RunController run(store, std::make_unique<test::FakeSession>());
        studio::ProblemsPanel panel(store, run);
        store.load("a.sources = in\na.channels = c\na.sinks = out\n"
                   "a.sources.in.type = seq\na.sources.in.channels = c\n"
                   "a.channels.c.type = memory\na.channels.c.capacty = 1\n"
                   "a.sinks.out.type = null\na.sinks.out.channel = c\na.sinks.out.batchSiz = 1\n",
                   {});
        panel.show();
        QVERIFY(panel.model()->rowCount() >= 2);
        const auto buttons = panel.findChildren<QPushButton*>(QStringLiteral("fixIt"));
        QVERIFY(buttons.size() >= 2);
        panel.tree()->setCurrentIndex(panel.model()->index(panel.model()->rowCount() - 1, 0));
        const QString current = panel.tree()->currentIndex().data().toString();
        topology::Edit edit;
        edit.replacements = {{{0, 0}, "# a comment moves all lines\n"}};
        store.push(edit, QStringLiteral("type"));
        QCOMPARE(panel.tree()->currentIndex().data().toString(), current);
        QCOMPARE(panel.findChildren<QPushButton*>(QStringLiteral("fixIt")), buttons);
        QTest::mouseClick(buttons.last(), Qt::LeftButton);
        QTRY_VERIFY(store.undoStack().count() == 2);
        QVERIFY2(store.document().text().find("a comment moves") != std::string::npos, store.document().text().c_str());
    }
};

MILLRACE_TEST(TestProblemModel)
#include "tst_problem_model.moc"
