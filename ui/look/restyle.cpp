#include "look/restyle.h"

#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace millrace::look {

void restyle(QWidget* widget, const char* property, const QVariant& value) {
    const QVariant now = widget->property(property);
    if (now == value || (!now.isValid() && !value.toBool())) return; // what was never set is off
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace millrace::look
