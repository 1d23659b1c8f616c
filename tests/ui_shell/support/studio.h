#pragma once

#include "shell/app_settings.h"
#include "shell/dialogs.h"
#include "shell/main_window.h"
#include "ui_run/support/fake_session.h"

#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

namespace millrace::test {

/// Answers dialogs as the test has said and notes what was asked.
class FakeDialogs : public studio::Dialogs {
public:
    int ask(QWidget*, const studio::Question& question) override {
        questions.append(question);
        return nextAnswers.isEmpty() ? static_cast<int>(question.answers.size()) - 1 : nextAnswers.takeFirst();
    }
    QString fileToOpen(QWidget*, const QString&) override { return nextFile; }
    QString fileToSave(QWidget*, const QString& suggestion) override {
        suggested = suggestion;
        return nextFile;
    }
    QString pictureToSave(QWidget*, const QString& suggestion) override {
        suggested = suggestion;
        return nextFile;
    }
    void tell(QWidget*, const QString&, const QString& text) override { told.append(text); }
    void openFolder(const QString& path) override { folder = path; }

    QList<int> nextAnswers;
    QString nextFile, suggested, folder;
    QList<studio::Question> questions;
    QStringList told;
};

/// The whole window over a session that runs nothing, with settings and files of its own.
struct Studio {
    explicit Studio(const QString& language = QStringLiteral("en")) {
        settings.setLanguage(language);
        settings.setTheme(QStringLiteral("light"));
        makeWindow();
    }
    void makeWindow() {
        auto owned = std::make_unique<FakeSession>();
        session = owned.get();
        window = std::make_unique<studio::MainWindow>(studio::MainWindow::Services{
            std::move(owned), settings, dialogs, [](const catalog::ComponentSpec& spec) {
                return spec.title == "TAILDIR" || spec.title == "memory" || spec.title == "kafka" ||
                       spec.title == "file_roll" || spec.title == "logger" || spec.title == "netcat" ||
                       spec.title == "exec" || spec.title == "avro" || spec.title == "seq" || spec.title == "null" ||
                       spec.title == "stress";
            }, folder.filePath(QStringLiteral("recovery"))});
    }
    QString write(const QString& name, const QByteArray& text) const {
        const QString path = QDir(folder.path()).filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Runs what is open: the start is answered and a first snapshot played.
    void start(const session::Snapshot& snapshot) {
        window->startRun();
        session->answer();
        play(snapshot);
    }
    void play(session::Snapshot snapshot) {
        snapshot.running = true;
        session->play(std::move(snapshot));
    }
    template <typename Widget>
    Widget* find(const QString& name) const {
        return window->findChild<Widget*>(name);
    }

    /// The dock of a screen at a side, or "bottom".
    QDockWidget* dock(const char* id) const { return find<QDockWidget>(QLatin1String(id) + QStringLiteral("Dock")); }

    /// Another studio of the same user, in the place of this one, which ends as if it were killed.
    void startAnew() {
        window.reset();
        makeWindow();
    }

    QTemporaryDir folder;
    studio::AppSettings settings{folder.filePath(QStringLiteral("settings.ini"))};
    FakeDialogs dialogs;
    FakeSession* session = nullptr;
    std::unique_ptr<studio::MainWindow> window;
};

} // namespace millrace::test
