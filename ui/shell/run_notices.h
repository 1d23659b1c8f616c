#pragma once

#include "session/answer.h"

#include <QObject>

namespace millrace::studio {

class NoticeBar;
class RunController;
class ScreenDocks;

/// Says what came of a start, a change or a stop, and offers what to do about it. All must outlive it.
class RunNotices : public QObject {
    Q_OBJECT
public:
    RunNotices(RunController& run, NoticeBar& notice, ScreenDocks& screens, QObject* parent);

private:
    void answered(const session::Answer& answer);
    /// True when an address was taken, and that is told.
    bool tellTaken(const session::Answer& answer);
    void tellLeft(const session::Answer& answer);
    void tellRefused(const session::Answer& answer);
    void showProblems();

    RunController& run_;
    NoticeBar& notice_;
    ScreenDocks& screens_;
};

} // namespace millrace::studio
