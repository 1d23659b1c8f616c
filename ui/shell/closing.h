#pragma once

#include "session/answer.h"

#include <QObject>

class QMainWindow;

namespace millrace::studio {

class DocumentFiles;
class RecoveryCopy;
class RunController;

/// How the window goes: what is unsaved is asked about, what runs is drained, and what was edited or lost meanwhile is
/// not passed over. All must outlive it.
class Closing : public QObject {
    Q_OBJECT
public:
    Closing(RunController& run, DocumentFiles& files, RecoveryCopy& recovery, QMainWindow* window);

    /// Without asking; what is unsaved is left for the next start.
    void beQuiet();
    /// The window is asked to close: true when nothing is in the way. Else it is asked again when that has gone.
    bool mayClose();
    /// It does close.
    void close();

private:
    void drain();
    void answered(const session::Answer& answer);

    RunController& run_;
    DocumentFiles& files_;
    RecoveryCopy& recovery_;
    QMainWindow* window_;
    bool draining_ = false; ///< the window closes when the run has stopped
    bool quiet_ = false;
};

} // namespace millrace::studio
