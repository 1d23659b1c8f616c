#pragma once

#include <QAbstractButton>

namespace millrace::studio {

/// A sliding switch for on and off, painted in the theme's colours.
class SwitchButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit SwitchButton(QWidget* parent = nullptr);
    QSize sizeHint() const override { return {40, 30}; }
    /// Fainter: shows a default, not a value of the file.
    void setFaint(bool faint);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool faint_ = false;
};

} // namespace millrace::studio
