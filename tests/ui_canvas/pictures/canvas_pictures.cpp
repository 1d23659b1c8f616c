// Writes pictures of the canvas into the folder given as argument, to be looked at: under load, dark, zoomed out, with a
// Chinese interface, with ghosts, every example as a thumbnail.
#include "canvas/scene/thumbnail_painter.h"
#include "canvas/view/canvas_view.h"
#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_run/support/fake_session.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPainter>

using namespace millrace;

namespace {

void spin(int ms) {
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < ms) QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

class Studio {
public:
    Studio() {
        auto made = std::make_unique<test::FakeSession>();
        session = made.get();
        run = std::make_unique<studio::RunController>(store, std::move(made));
        view = std::make_unique<canvas::CanvasView>(store, run.get());
        view->resize(1096, 606);
    }
    void load(const std::string& text, bool running) {
        store.load(text, {});
        view->show();
        view->zoomFit();
        if (!running) return;
        run->start();
        session->answer();
        for (int i = 0; i < 14; ++i) {
            session->play(test::loadedWeblogAt(i));
            spin(110);
        }
    }
    void save(const QString& path) {
        spin(60);
        view->grab().save(path);
    }
    studio::DocumentStore store;
    test::FakeSession* session = nullptr;
    std::unique_ptr<studio::RunController> run;
    std::unique_ptr<canvas::CanvasView> view;
};

void thumbnails(const QString& folder) {
    QPixmap sheet(1080, 3 * 150);
    sheet.fill(look::colours().canvas);
    QPainter painter(&sheet);
    int i = 0;
    const QDir examples(QStringLiteral(MILLRACE_SOURCE_DIR "/resources/examples"));
    for (const QString& name : examples.entryList({QStringLiteral("*.conf")})) {
        studio::DocumentStore store;
        store.open(examples.filePath(name), nullptr);
        canvas::ThumbnailPainter(store.document()).paint(painter, QRectF(i % 3 * 360, i / 3 * 150, 360, 140));
        ++i;
        Studio studio;
        studio.store.open(examples.filePath(name), nullptr);
        studio.view->show();
        studio.view->zoomFit();
        studio.save(folder + QStringLiteral("/example-%1.png").arg(name));
    }
    painter.end();
    sheet.save(folder + QStringLiteral("/thumbnails.png"));
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    app.setFont(QFont(QStringLiteral("Inter"), 9));
    const QString folder = app.arguments().value(1, QStringLiteral("."));
    QDir().mkpath(folder);
    for (const auto& [name, theme] : {std::pair("light", look::ThemeChoice::light), {"dark", look::ThemeChoice::dark}}) {
        look::Theme::instance().choose(theme);
        Studio studio;
        studio.load(test::kLoadedWeblog, true);
        studio.store.select({QStringLiteral("web/sinks/to-weblog")});
        studio.save(folder + QStringLiteral("/load-%1.png").arg(QLatin1String(name)));
        const QPointF centre = studio.view->canvas().contentBounds().center();
        for (const double zoom : {0.55, 0.3, 0.12, 1.6}) {
            studio.view->setZoom(zoom, centre, QPointF(548, 303));
            studio.save(folder + QStringLiteral("/zoom-%1-%2.png").arg(zoom).arg(QLatin1String(name)));
        }
    }
    look::Theme::instance().choose(look::ThemeChoice::light);
    thumbnails(folder);
    return 0;
}
