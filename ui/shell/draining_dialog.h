#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace millrace::studio {

class RunController;

/// Shown while the window waits for a stop: how many events are still on the way, and a way not to wait for them.
/// Blocks nothing; closes itself when all has stopped. Rejected: the stop goes on, but the window is to stay.
class DrainingDialog : public QDialog {
    Q_OBJECT
public:
    DrainingDialog(RunController& run, QWidget* parent);

private:
    void refresh();

    RunController& run_;
    QLabel* text_;
    QPushButton* now_;
};

} // namespace millrace::studio
