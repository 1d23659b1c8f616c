#pragma once

#include <QWidget>

class QLabel;
class QMenuBar;
class QPushButton;

namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::studio {

class DocumentStore;
class RunController;

/// The one bar on top: menus, name and state of the document, Run or Stop, elapsed time.
class TopBar : public QWidget {
    Q_OBJECT
public:
    /// `commands` must have "run" and "stop" by the time the bar is shown.
    TopBar(DocumentStore& store, RunController& run, const commands::CommandRegistry& commands,
           QWidget* parent = nullptr);
    QMenuBar* menuBar() { return menus_; }
    void setName(const QString& name);

signals:
    void runClicked();
    void stopClicked();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void refreshTime();
    QString stateText() const;
    void placeMiddle();

    DocumentStore& store_;
    RunController& run_;
    const commands::CommandRegistry& commands_;
    QMenuBar* menus_;
    QString fullName_;
    QLabel *name_, *state_;
    QWidget* middle_;
    QPushButton* runStop_;
    QLabel *glyph_, *elapsed_;
    bool hollow_ = false; ///< a run is on in which nothing runs
};

} // namespace millrace::studio
