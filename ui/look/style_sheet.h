#pragma once

#include <QPalette>
#include <QString>

namespace millrace::look {

struct Colours;

/// The palette and the one style sheet of the program. Widgets ask for a variant with a dynamic property, set before they
/// are shown:
///   QPushButton, QToolButton  "look" = "primary" (the one filled button), "soft" (advice, fix-it), "flat" (no border)
///   QLineEdit, QComboBox, …   "invalid" = true (orange border); "look" = "fixed" (fixed pitch: a value of the file)
///   QLabel                    "look" = "title", "group" (small caption over a group), "second", "faint", "problem"
///   QWidget                   "look" = "panel", "bar" (panel with a hairline below), "card"
QPalette paletteOf(const Colours& colours);
QString styleSheetOf(const Colours& colours);

} // namespace millrace::look
