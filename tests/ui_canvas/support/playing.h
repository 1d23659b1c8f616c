#pragma once

#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include <QSignalSpy>

#include <functional>

namespace millrace::test {

/// Lets time go by for a canvas that shows a run.
class Playing {
protected:
    static void start(Table& table) {
        table.run->start();
        table.session->answer();
        QTRY_COMPARE(table.run->phase(), studio::RunController::Phase::running);
    }
    /// Lets so many tenths of a second pass, each seen by the canvas.
    void play(Table& table, int tenths) {
        QSignalSpy seen(table.run.get(), &studio::RunController::snapshotChanged);
        for (int i = 0; i < tenths; ++i) {
            table.session->play(loadedWeblogAt(tenth_++));
            QTRY_COMPARE(seen.count(), i + 1);
        }
    }
    /// Texts change at most four times a second: time goes on until they have.
    void playUntil(Table& table, const std::function<bool()>& reached) {
        for (int i = 0; i < 100 && !reached(); ++i) play(table, 1);
        QVERIFY(reached());
    }
    void beginAnew() { tenth_ = 0; }

private:
    int tenth_ = 0;
};

} // namespace millrace::test
