#pragma once

#include <QFrame>
#include <QTimer>

#include <cstdint>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace millrace::session {
struct Answer;
struct TapEvent;
struct TapPage;
}
namespace millrace::studio {
class RunController;
}

namespace millrace::canvas {

/// A card that shows the events that pass a place at this moment: time, headers, body. It asks four times a second,
/// not again before it has an answer, and keeps the newest; paused it lets them pass. It closes when the run stops.
class PeekCard : public QFrame {
    Q_OBJECT
public:
    /// `run` must outlive the card.
    PeekCard(studio::RunController& run, const QString& tapId, QWidget* parent);
    const QString& tapId() const { return tapId_; }
    bool paused() const { return !pull_.isActive(); }
    /// What is shown, as it is copied.
    QString text() const;

public slots:
    void pull();
    void setPaused(bool paused);
    void copyAll();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void take(const session::Answer& answer);
    void add(const session::TapPage& page);
    void append(const session::TapEvent& event);
    studio::RunController& run_;
    QString tapId_;
    std::int64_t after_ = 0; ///< cursor of the tap
    std::int64_t asked_ = 0; ///< the request that has no answer yet; 0 = none
    std::int64_t seen_ = 0, skipped_ = 0;
    QLabel* state_;
    QPlainTextEdit* events_;
    QToolButton* pause_;
    QPoint grip_;
    QTimer pull_;
};

} // namespace millrace::canvas
