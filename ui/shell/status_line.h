#pragma once

#include "shell/flow_report.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace millrace::studio {

class DocumentStore;
class RunController;

/// The line at the bottom: what holds the flow back at the left, the account of events at the right.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    StatusLine(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    DocumentStore& store_;
    RunController& run_;
    LeftAfterStop left_; ///< of the newest run, when it has stopped
    QLabel *flow_, *account_;
    QTimer pace_; ///< a sentence that changes faster cannot be read
};

} // namespace millrace::studio
