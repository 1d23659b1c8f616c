#pragma once

#include "catalog/component_spec.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "shell/document_files.h"
#include "shell/language.h"

#include <QMainWindow>

#include <functional>
#include <memory>

class QStackedWidget;

namespace millrace::canvas {
class CanvasView;
}
namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::studio {

class AppSettings;
class Closing;
class Dialogs;
class Leftovers;
class NoticeBar;
class ScreenDocks;
class RecoveryCopy;
class StartPage;
class TopBar;
class StatusLine;
class WindowMenus;

/// The studio's window: puts the parts together and declares the commands; the parts know nothing of each other.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Services {
        std::unique_ptr<session::Session> session;
        AppSettings& settings; ///< must outlive the window, as must the dialogs
        Dialogs& dialogs;
        /// Which components this program can run itself.
        std::function<bool(const catalog::ComponentSpec&)> runs;
        /// Where copies of unsaved documents are kept while they are edited; empty = nowhere.
        QString recoveryFolder;
    };
    explicit MainWindow(Services services);
    ~MainWindow() override;

    DocumentStore& store() { return store_; }
    RunController& run() { return run_; }
    DocumentFiles& files() { return *files_; }
    ScreenDocks& screens() { return *screens_; }
    commands::CommandRegistry& commands() { return *commands_; }
    WindowMenus& menus() { return *menus_; }
    NoticeBar& notice() { return *notice_; }
    canvas::CanvasView& canvas() { return *canvas_; }

public slots:
    void startRun();
    void stopRun();
    /// Offers what a studio that was not closed has left unsaved: on the start page, and above an open document.
    void offerLeftovers();
    /// As if the user had closed the window: asks for unsaved changes unless `quietly` (then they are left for the next
    /// start), stops what runs, then closes.
    void shutDown(bool quietly);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    static constexpr int kStateVersion = 1; ///< of the arrangement of panels that is kept

    void build(const std::function<bool(const catalog::ComponentSpec&)>& runs);
    void declareCommands();
    void connectCommands();
    void connectFiles();
    void fillRecent();
    void fillExamples();
    void showPage();
    void showCanvasOnly(bool only);
    void chooseTheme(const QString& name);
    void chooseLanguage(const QString& code);
    void applyStyle();
    void translate();
    void tellTitle();

    AppSettings& settings_;
    Dialogs& dialogs_;
    Language language_;
    DocumentStore store_;
    RunController run_;
    DocumentFiles* files_;
    RecoveryCopy* recovery_;
    commands::CommandRegistry* commands_;
    WindowMenus* menus_;
    TopBar* bar_;
    QStackedWidget* pages_;
    StartPage* start_;
    NoticeBar* notice_;
    canvas::CanvasView* canvas_;
    ScreenDocks* screens_;
    StatusLine* status_;
    Leftovers* leftovers_;
    Closing* closing_;
    bool canvasOnly_ = false;
};

} // namespace millrace::studio
