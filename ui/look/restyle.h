#pragma once

class QVariant;
class QWidget;

namespace millrace::look {

/// Sets a property by which the style sheet tells widgets apart, and lets it show; nothing happens when it has that
/// value.
void restyle(QWidget* widget, const char* property, const QVariant& value);

} // namespace millrace::look
