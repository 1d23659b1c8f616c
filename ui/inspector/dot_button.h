#pragma once

#include "inspector/form_model.h"

#include <QAbstractButton>

namespace millrace::studio {

/// The dot before a property's name: filled = stands in the file, ring = default; a click on a filled one takes the
/// value out of the file.
class DotButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit DotButton(QWidget* parent);
    void setState(ValueState state);
    QSize sizeHint() const override { return {16, 24}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ValueState state_ = ValueState::unset;
};

} // namespace millrace::studio
