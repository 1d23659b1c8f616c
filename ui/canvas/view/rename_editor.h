#pragma once

#include <QLineEdit>

#include <functional>

namespace millrace::canvas {

/// The one line edit that is laid over a name on the canvas. Enter or leaving keeps, Esc drops; a name that is refused
/// stays open with an orange border.
class RenameEditor : public QLineEdit {
    Q_OBJECT
public:
    explicit RenameEditor(QWidget* viewport);
    /// `accept` gets the new name and says whether it was taken.
    void open(const QRect& place, const QString& name, std::function<bool(const QString&)> accept);

    /// Moves it along with what it lies over.
    void place(const QRect& place);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void finish(bool leaving);
    QString name_;
    std::function<bool(const QString&)> accept_;
};

} // namespace millrace::canvas
