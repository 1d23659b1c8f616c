// Pictures of the whole window to be looked at: studio_pictures FOLDER [language] [theme]. Run by hand.
#include "ui_shell/support/studio.h"

#include "look/theme.h"
#include "monitor/monitor_panel.h"
#include "shell/document_files.h"
#include "shell/screen_docks.h"

#include <QApplication>

#include <cmath>

using namespace millrace;

namespace {

session::NodeSnapshot node(const char* id, session::State state, std::int64_t in, std::int64_t out) {
    session::NodeSnapshot one;
    one.id = id;
    one.state = state;
    one.startedMs = 1;
    one.in = in;
    one.out = out;
    one.counters = {{"EventReceivedCount", in}, {"EventAcceptedCount", out}};
    return one;
}

/// The weblog example after `step` tenths of a second, the store falling back behind the web server.
session::Snapshot moment(int step) {
    const double t = step / 10.0;
    const auto in = static_cast<std::int64_t>(12000 * t + 900 * std::sin(t / 3));
    const auto read = static_cast<std::int64_t>(8000 * t + 600 * std::cos(t / 4));
    session::Snapshot s;
    s.wallMs = 1'700'000'000'000 + step * 100;
    s.nodes = {node("agent/web", session::State::running, in, in),
               node("agent/store", session::State::waiting, read, read),
               node("traffic/visitors", session::State::running, in, in),
               node("web/sources/access", session::State::running, in, in),
               node("web/channels/buffer", session::State::running, in, in - 420),
               node("web/sinks/to-weblog", session::State::running, in - 420, in - 420),
               node("store/sources/from-weblog", session::State::waiting, read, read),
               node("store/channels/disk", session::State::waiting, read, read - 9100),
               node("store/sinks/archive", session::State::running, read - 9100, read - 9100)};
    s.nodes[4].level = session::Level{420, 10000, 81'000};
    s.nodes[7].level = session::Level{9100, 10000, 1'900'000};
    s.clusters = {{"local", "127.0.0.1:9092", true, session::State::running, "", 4}};
    session::TopicSnapshot topic{"local", "weblog", false, {}};
    session::GroupSnapshot group{"local", "store", "Stable", 1, {}};
    for (int p = 0; p < 3; ++p) {
        const std::int64_t end = in / 3 + p * 200;
        topic.partitions.push_back({p, 0, end, end * 142});
        group.offsets.push_back({"weblog", p, read / 3, end, (end - read / 3) / 4, "store"});
    }
    s.topics = {topic};
    s.groups = {group};
    s.account = {in, read - 9100, in - read + 9520, 0};
    s.running = true;
    return s;
}

void grab(QWidget& window, const QString& path) {
    QCoreApplication::processEvents();
    if (!window.grab().save(path)) qWarning("cannot write %s", qPrintable(path));
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QString language = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QStringLiteral("en");
    const QString theme = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral("light");
    test::Studio studio(language);
    look::Theme::instance().choose(theme == u"dark" ? look::ThemeChoice::dark : look::ThemeChoice::light);
    studio.window->resize(1600, 1000);
    studio.window->show();
    const QString stem = folder + QLatin1Char('/') + language + QLatin1Char('-') + theme;
    studio.settings.addRecentFile(QStringLiteral("/home/user/flume/weblog.conf"));
    grab(*studio.window, stem + QStringLiteral("-start.png"));
    studio.window->files().openExample(QStringLiteral("weblog"));
    studio.window->startRun();
    studio.session->answer();
    for (int step = 10; step < 700; ++step) {
        studio.session->play(moment(step));
        QMetaObject::invokeMethod(&studio.window->run(), [&] { emit studio.window->run().snapshotChanged(); });
        if (step % 7 == 0 || step > 680) QTest::qWait(step > 680 ? 110 : 1);
    }
    studio.window->store().select({QStringLiteral("web/sinks/to-weblog")});
    const auto edit =
        topology::setNodeProperty(studio.window->store().document(), "web/sinks/to-weblog", "flumeBatchSize", "2000");
    studio.window->store().push(edit, QStringLiteral("edit"));
    QTest::qWait(300);
    grab(*studio.window, stem + QStringLiteral("-main.png"));
    return 0;
}
