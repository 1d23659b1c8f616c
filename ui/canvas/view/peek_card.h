#pragma once

#include <QFrame>
#include <QTimer>

#include <cstdint>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace millrace::session {
class Session;
struct TapEvent;
}

namespace millrace::canvas {

/// A card that shows the events that pass a place at this moment: time, headers, body. It asks four times a second and
/// keeps the last hundred; paused it lets them pass.
class PeekCard : public QFrame {
    Q_OBJECT
public:
    /// `session` must outlive the card.
    PeekCard(session::Session& session, const QString& tapId, QWidget* parent);
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
    void append(const session::TapEvent& event);
    session::Session& session_;
    QString tapId_;
    std::int64_t after_ = 0; ///< cursor of the tap
    std::int64_t seen_ = 0, skipped_ = 0;
    QLabel* state_;
    QPlainTextEdit* events_;
    QToolButton* pause_;
    QPoint grip_;
    QTimer pull_;
};

} // namespace millrace::canvas
