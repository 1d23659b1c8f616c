#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "text", .apply = ApplyClass::live, .help = "Text of the note, which may have several lines."},
};

} // namespace

constinit const ComponentSpec kNotePart{
    .kind = ComponentKind::note,
    .title = "note",
    .summary = "A text on the drawing that nothing depends on.",
    .properties = kProperties,
};

} // namespace millrace::catalog
