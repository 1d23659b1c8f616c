#include "shell/thumbnail.h"

#include "canvas/thumbnail_painter.h"

namespace millrace::studio {

} // namespace millrace::studio
