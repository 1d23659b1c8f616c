// Prints what the canvas costs with 1,000 and 3,000 live nodes: a frame while it is panned or zoomed by the wheel, a step
// of a drag, a keystroke in a form, taking in a snapshot; then the last two in the whole window.
// The bars: pan 16.6 ms (60 frames a second), drag 8 ms, keystroke 16 ms, snapshot 4 ms at 3,000 nodes; medians.
#include "canvas/view/canvas_view.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "shell/app_settings.h"
#include "shell/dialogs.h"
#include "shell/main_window.h"
#include "ui_run/support/fake_session.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPainter>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace millrace;

namespace {

constexpr int kColumns = 10;
constexpr double kNotch = 1.15; // of the wheel

/// Agents of a source, two channels and a sink.
std::string document(int agents) {
    std::string text = "#@ version = 1\n";
    for (int i = 0; i < agents; ++i) {
        const std::string a = "a" + std::to_string(i);
        const int x = i % kColumns * 800, y = i / kColumns * 200;
        const auto at = [&](const char* what, int dx) {
            text += "#@ at.agent." + a + '.' + what + " = " + std::to_string(x + dx) + ' ' + std::to_string(y) + '\n';
        };
        at("sources.s", 0);
        at("channels.c", 240);
        at("sinks.k", 480);
        text += "#@ at.agent." + a + ".channels.d = " + std::to_string(x + 240) + ' ' + std::to_string(y + 80) + '\n';
        text += a + ".sources = s\n" + a + ".channels = c d\n" + a + ".sinks = k\n";
        text += a + ".sources.s.type = seq\n" + a + ".sources.s.channels = c d\n";
        text += a + ".channels.c.type = memory\n" + a + ".channels.d.type = memory\n";
        text += a + ".sinks.k.type = null\n" + a + ".sinks.k.channel = c\n";
    }
    return text;
}

session::Snapshot snapshotAt(int agents, std::int64_t tenth, std::mt19937& random) {
    session::Snapshot snapshot;
    snapshot.running = true;
    for (int i = 0; i < agents; ++i) {
        const std::string a = "a" + std::to_string(i);
        for (const char* part : {"/sources/s", "/channels/c", "/channels/d", "/sinks/k"}) {
            session::NodeSnapshot node;
            node.id = a + part;
            node.state = session::State::running;
            node.startedMs = 1;
            node.in = node.out = tenth * (100 + i * 7) + static_cast<std::int64_t>(random() % 50);
            if (part[1] == 'c') node.level = session::Level{static_cast<std::int64_t>(random() % 1000), 1000, 0};
            snapshot.nodes.push_back(std::move(node));
        }
    }
    return snapshot;
}

/// Of this thread: what a frame costs where the cores are shared with others.
double cpuMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Times `step`, prints median and 95th percentile beside the bar (0: none), and keeps score.
class Scores {
public:
    void measure(const char* what, double bar, int times, const std::function<void(int)>& step) {
        std::vector<double> all, cpu;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer time;
            const double before = cpuMs();
            time.start();
            step(i);
            all.push_back(static_cast<double>(time.nsecsElapsed()) / 1e6);
            cpu.push_back(cpuMs() - before);
        }
        std::ranges::sort(all);
        std::ranges::sort(cpu);
        const double median = cpu[cpu.size() / 2];
        std::printf("%-34s %9.2f %9.2f %9.2f %9.1f%s\n", what, all[all.size() / 2], all[all.size() * 95 / 100], median, bar,
                    bar > 0 && median > bar ? "  missed" : "");
        std::fflush(stdout);
    }
};

/// A session that plays made-up counters, and whatever shows them.
struct Stage {
    Stage(int agents, studio::RunController& run, test::FakeSession& session) : agents_(agents), run_(run), session_(session) {}
    void start() {
        run_.start();
        session_.answer();
        for (int i = 0; i < 12; ++i) play();
    }
    void play() {
        session_.play(snapshotAt(agents_, tenth_++, random_));
        const auto seen = run_.snapshot()->revision;
        while (run_.snapshot()->revision == seen) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    int agents_;
    studio::RunController& run_;
    test::FakeSession& session_;
    std::mt19937 random_{1};
    std::int64_t tenth_ = 0;
};

void pan(canvas::CanvasView& view, Stage& stage, Scores& scores) {
    const QPointF centre = view.canvas().contentBounds().center();
    QImage screen(view.viewport()->size(), QImage::Format_RGB32);
    const auto paint = [&] {
        view.canvas().wires().advance(0.016);
        view.viewport()->render(&screen);
    };
    for (const auto& [name, zoom] : {std::pair("pan at 1:1", 1.0), {"pan at 75 %", 0.75}, {"pan at 61.3 %", 0.613}, {"pan at 50 %", 0.5},
                                     {"pan at 30 %", 0.3}, {"pan, all in view", 0.0}}) {
        if (zoom == 0) view.zoomFit();
        else view.setZoom(zoom, centre, QPointF(960, 540));
        stage.play();
        paint();
        scores.measure(name, 16.6, 120, [&](int frame) {
            view.panBy(QPoint(frame % 2 ? 7 : 9, frame % 60 < 30 ? 3 : -3));
            paint();
        });
    }
    scores.measure("wheel, in and out by 1.15", 16.6, 120, [&](int frame) {
        const int notch = frame % 24 < 12 ? frame % 24 : 24 - frame % 24;
        view.setZoom(0.35 * std::pow(kNotch, notch), centre, QPointF(960, 540));
        paint();
    });
}

void drag(canvas::CanvasView& view, Scores& scores) {
    const QString held = QStringLiteral("a5/channels/c");
    const QPointF from = *view.canvas().placeOf(held);
    view.setZoom(0.6, from, QPointF(960, 540));
    scores.measure("step of a drag", 8, 120, [&](int step) {
        view.canvas().showAt({{held, from + QPointF(step % 40, step % 30) * 4}});
    });
    view.canvas().showAsWritten();
}

void type(studio::DocumentStore& store, Scores& scores, const char* what) {
    scores.measure(what, 16, 40, [&](int i) {
        store.push(topology::setProperty(store.document(), "a7.channels.c.capacity", std::to_string(1000 + i)), {}, 1);
    });
    scores.measure("  of it: parsed and checked", 0, 20, [&](int) {
        (void)topology::Document::parse(store.document().text(), store.document().catalog());
    });
}

void onTheCanvas(int agents) {
    studio::DocumentStore store;
    QElapsedTimer opening;
    opening.start();
    store.load(document(agents), {});
    auto made = std::make_unique<test::FakeSession>();
    test::FakeSession& session = *made;
    studio::RunController run(store, std::move(made));
    canvas::CanvasView view(store, &run);
    view.resize(1920, 1080);
    view.show();
    QCoreApplication::processEvents();
    std::printf("\ncanvas alone: %zu nodes, %zu wires, opened in %lld ms\n%-34s %9s %9s %9s %9s\n", store.graph().nodes.size(),
                store.graph().wires.size(), static_cast<long long>(opening.elapsed()), "1920 x 1080", "median ms", "p95 ms",
                "cpu ms", "bar");
    Scores scores;
    Stage stage(agents, run, session);
    type(store, scores, "keystroke, nothing runs");
    stage.start();
    pan(view, stage, scores);
    drag(view, scores);
    scores.measure("taking in a snapshot", agents > 500 ? 4 : 0, 30, [&](int) { emit run.snapshotChanged(); });
    type(store, scores, "keystroke while it runs");
}

void inTheWindow(int agents) {
    QTemporaryDir folder;
    studio::AppSettings settings(folder.filePath(QStringLiteral("settings.ini")));
    auto made = std::make_unique<test::FakeSession>();
    test::FakeSession& session = *made;
    studio::MainWindow window({std::move(made), settings, studio::desktopDialogs(),
                               [](const catalog::ComponentSpec&) { return true; }, {}});
    window.resize(1920, 1080);
    window.store().load(document(agents), {});
    window.show();
    QCoreApplication::processEvents();
    std::printf("\nthe whole window: %zu nodes\n", window.store().graph().nodes.size());
    Scores scores;
    Stage stage(agents, window.run(), session);
    type(window.store(), scores, "keystroke, nothing runs");
    stage.start();
    scores.measure("taking in a snapshot", 0, 30, [&](int) { emit window.run().snapshotChanged(); });
    type(window.store(), scores, "keystroke while it runs");
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    for (const int agents : {200, 600}) onTheCanvas(agents);
    inTheWindow(600);
    return 0;
}
