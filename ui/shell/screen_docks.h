#pragma once

#include "screens/screen.h"
#include "shell/app_settings.h"
#include "shell/screen_table.h"

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;
class QMenu;
class QTabWidget;

namespace millrace::studio {

/// The screens of the table around the drawing, in docks without title bars; "move panels" shows title bars by which
/// they are dragged. Knows screens only as such.
class ScreenDocks : public QObject {
    Q_OBJECT
public:
    ScreenDocks(QMainWindow* window, const ScreenParts& parts);

    /// The screen of that class. There must be one.
    template <typename Panel>
    Panel& get() const {
        for (const Place& place : places_)
            if (auto* panel = qobject_cast<Panel*>(place.screen)) return *panel;
        qFatal("no such screen");
    }
    /// Those in which the keys of the drawing work.
    QList<QWidget*> withDrawingKeys() const;
    QDockWidget* dockOf(const Screen& screen) const;
    /// The tabs at the bottom.
    QTabWidget* tabs() const { return tabs_; }

    /// One entry for each dock, to show or hide it.
    void fillMenu(QMenu* menu);
    void translate();
    void setDocumentName(const QString& name);
    void setMovable(bool movable);
    bool isMovable() const { return movable_; }
    /// Places and sizes as at the first start.
    void arrange();
    /// For the next start.
    AppSettings::Panels kept(int version) const;
    /// The arrangement of an earlier start. One that was forced does not hold where there is room, one of a larger
    /// window not where there is none: then as at the first start.
    void restore(const AppSettings::Panels& panels, int version);
    /// Hides all and remembers which were open; false brings those back.
    void fold(bool folded);
    /// Opens the screen's dock and brings it to the front.
    void show(Screen& screen);
    /// Back to what the screen covered when it was shown, unless the user has turned elsewhere since.
    void leave(Screen& screen);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Place {
        const ScreenRow* row;
        Screen* screen;
        QDockWidget* dock;
    };
    QDockWidget* makeDock(const QString& id, QWidget* content);
    void place(const ScreenRow& row, Screen* screen);
    QString titleOf(const Place& place) const;
    void tellTab(const Place& place);
    void openAsAtFirst();
    bool hasRoom() const;
    /// Of the tabs: what the drawing leaves of the window.
    int bottomHeight() const;
    /// The one that is in front at the bottom; null when there is none.
    Screen* front() const;
    void placeControls();

    QMainWindow* window_;
    QTabWidget* tabs_;
    QDockWidget* tabsDock_;
    QList<Place> places_;
    QList<QDockWidget*> docks_;  ///< in the order of the table
    QWidget* covered_ = nullptr; ///< what stood where the screen that was shown stands
    QList<QDockWidget*> open_;   ///< while folded
    bool folded_ = false;
    bool movable_ = false;
    bool forced_ =
        false; ///< there was no room for what is open at first, and nobody has opened or closed anything since
};

} // namespace millrace::studio
