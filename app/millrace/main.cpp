// The studio. Everything it does is in ui/shell; here it is given a session that runs in this process.
#include "base/file_system.h"
#include "base/open_file_limit.h"
#include "flume/registry.h"
#include "session/session.h"
#include "shell/app_settings.h"
#include "shell/dialogs.h"
#include "shell/document_files.h"
#include "shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QScreen>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <sys/socket.h>
#include <unistd.h>

namespace {

int signalPipe[2];

// Only what is allowed inside a signal handler: the byte wakes the event loop.
void noteSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const auto written = write(signalPipe[0], &byte, 1);
}

/// SIGTERM and Ctrl-C stop the run as closing the window does, without questions.
void stopOnSignals(millrace::studio::MainWindow& window) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe) != 0) return;
    auto* notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &window);
    QObject::connect(notifier, &QSocketNotifier::activated, &window, [&window] {
        char byte = 0;
        if (read(signalPipe[1], &byte, 1) == 1) window.shutDown(true);
    });
    struct sigaction action {};
    action.sa_handler = noteSignal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

struct Wishes {
    QString file, example;
    bool run = false;
};

Wishes readCommandLine(const QApplication& app) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Draws, runs and watches Apache Flume and Apache Kafka topologies."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption example(
        QStringLiteral("example"), QStringLiteral("Open the example NAME (weblog, chain, …)."), QStringLiteral("NAME"));
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Run what is opened."));
    parser.addOptions({example, run});
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("A topology: a Flume properties file."),
                                 QStringLiteral("[FILE]"));
    parser.process(app);
    Wishes wishes{{}, parser.value(example), parser.isSet(run)};
    if (!parser.positionalArguments().isEmpty()) wishes.file = parser.positionalArguments().constFirst();
    return wishes;
}

} // namespace

int main(int argc, char** argv) {
    using namespace millrace;
    raiseOpenFileLimit();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("millrace"));
    QApplication::setApplicationDisplayName(QStringLiteral("Millrace"));
    QApplication::setApplicationVersion(QStringLiteral(MILLRACE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.millrace.Millrace"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/millrace.svg")));
    const Wishes wishes = readCommandLine(app);

    studio::AppSettings settings;
    studio::MainWindow window(
        {session::makeLocalSession(posixFileSystem()), settings, studio::desktopDialogs(),
         [](const catalog::ComponentSpec& spec) { return flume::builtinRegistry().implements(spec); },
         QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recovery")});
    stopOnSignals(window);
    // On a small or strongly magnified screen the usual size would reach beyond the edge, and only the window manager
    // knows how much of the screen its frame leaves.
    const QSize room = window.screen()->availableSize();
    if (window.width() >= room.width() || window.height() >= room.height())
        window.showMaximized();
    else
        window.show();
    // After the first picture: a message about a file that cannot be opened must have a window behind it.
    QTimer::singleShot(0, &window, [&] {
        bool opened = false;
        if (!wishes.file.isEmpty())
            opened = window.files().open(QFileInfo(wishes.file).absoluteFilePath());
        else if (!wishes.example.isEmpty()) {
            opened = window.files().openExample(wishes.example);
            if (!opened) std::fprintf(stderr, "millrace: there is no example '%s'\n", qPrintable(wishes.example));
        }
        window.offerLeftovers();
        if (opened && wishes.run) window.startRun();
    });
    return QApplication::exec();
}
