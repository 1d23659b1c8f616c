#pragma once

#include <QPushButton>

namespace millrace::studio {

/// A button that says what it mends, shortened when there is no room for all of it.
class RemedyButton : public QPushButton {
    Q_OBJECT
public:
    RemedyButton(const QString& title, QWidget* parent);
    QSize minimumSizeHint() const override { return {48, QPushButton::minimumSizeHint().height()}; }
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QString title_;
};

} // namespace millrace::studio
