#include "look/contrast.h"
#include "look/theme.h"
#include "support/test_program.h"

#include <QTest>

using namespace millrace;
using look::Colours;

namespace {

struct Named {
    const char* name;
    QColor Colours::*colour;
};

constexpr Named kRoles[] = {{"source", &Colours::source},   {"channel", &Colours::channel}, {"sink", &Colours::sink},
                            {"topic", &Colours::topic},     {"traffic", &Colours::traffic}};
constexpr Named kSofts[] = {{"sourceSoft", &Colours::sourceSoft}, {"channelSoft", &Colours::channelSoft},
                            {"sinkSoft", &Colours::sinkSoft},     {"topicSoft", &Colours::topicSoft},
                            {"trafficSoft", &Colours::trafficSoft}};
constexpr Named kPapers[] = {{"panel", &Colours::panel}, {"canvas", &Colours::canvas}, {"frame", &Colours::frame},
                             {"node", &Colours::node},   {"pill", &Colours::pill},     {"field", &Colours::field}};
constexpr Named kWords[] = {{"text", &Colours::text},         {"second", &Colours::second},
                            {"accentText", &Colours::accentText}, {"okText", &Colours::okText},
                            {"waitText", &Colours::waitText}, {"failText", &Colours::failText}};
constexpr Named kGlyphs[] = {{"ok", &Colours::ok},     {"wait", &Colours::wait}, {"fail", &Colours::fail},
                             {"off", &Colours::off},   {"wire", &Colours::wire}, {"accent", &Colours::accent},
                             {"hotEdge", &Colours::hotEdge}};

void addRow(const char* theme, const Colours& table, const Named& front, const Named& back, double least) {
    QTest::newRow(qPrintable(QStringLiteral("%1: %2 on %3").arg(theme, front.name, back.name)))
        << table.*front.colour << table.*back.colour << least;
}

} // namespace

class ContrastTest : public QObject {
    Q_OBJECT
private slots:
    void ratioOfKnownColours() {
        QCOMPARE(qRound(look::contrastRatio(Qt::black, Qt::white) * 10), 210);
        QCOMPARE(look::contrastRatio(QColor("#123456"), QColor("#123456")), 1.0);
        QCOMPARE(qRound(look::contrastRatio(QColor("#E69F00"), Qt::white) * 100), 225);
    }

    void everyPairIsLegible_data() {
        QTest::addColumn<QColor>("front");
        QTest::addColumn<QColor>("back");
        QTest::addColumn<double>("least");
        for (const auto& [theme, kind] :
             {std::pair("light", look::ThemeKind::light), std::pair("dark", look::ThemeKind::dark)}) {
            const Colours& table = look::coloursOf(kind);
            for (const Named& paper : kPapers) {
                for (const Named& word : kWords) addRow(theme, table, word, paper, 4.5);
                for (const Named& glyph : kGlyphs) addRow(theme, table, glyph, paper, 3);
                for (const Named& role : kRoles) addRow(theme, table, role, paper, 3);
            }
            for (const Named& soft : kSofts)
                for (const Named& word : {kWords[0], kWords[1]}) addRow(theme, table, word, soft, 4.5);
            for (std::size_t i = 0; i < std::size(kRoles); ++i) addRow(theme, table, kRoles[i], kSofts[i], 3);
            addRow(theme, table, {"accentText", &Colours::accentText}, {"accentSoft", &Colours::accentSoft}, 4.5);
            addRow(theme, table, {"waitText", &Colours::waitText}, {"topicSoft", &Colours::topicSoft}, 4.5);
            addRow(theme, table, {"onAccent", &Colours::onAccent}, {"accent", &Colours::accent}, 4.5);
            for (const QColor& series : table.series)
                QTest::newRow(qPrintable(QStringLiteral("%1: series %2 on panel").arg(theme, series.name())))
                    << series << table.panel << 3.0;
        }
    }
    void everyPairIsLegible() {
        QFETCH(QColor, front);
        QFETCH(QColor, back);
        QFETCH(double, least);
        const double ratio = look::contrastRatio(front, back);
        QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2: %3 is less than %4")
                                                .arg(front.name(), back.name())
                                                .arg(ratio, 0, 'f', 2)
                                                .arg(least)));
    }
};

MILLRACE_TEST(ContrastTest)
#include "tst_contrast.moc"
