#pragma once

#include <QString>

namespace millrace::look {
struct Colours;
}

namespace millrace::studio {

/// What only the main window's parts need beyond the program's style sheet, in a theme's colours.
QString shellStyle(const look::Colours& colours);

} // namespace millrace::studio
