#include "canvas/tools/tool_factory.h"

#include "canvas/tools/box_tool.h"
#include "canvas/tools/move_tool.h"
#include "canvas/tools/pan_tool.h"
#include "canvas/tools/slice_tool.h"
#include "canvas/tools/wire_tool.h"
#include "document/document_store.h"

namespace millrace::canvas {

namespace {

bool isLeft(const Press& press) {
    return press.button == Qt::LeftButton && !press.ghost;
}

bool cuts(const Press& press) {
    const Qt::KeyboardModifiers keys = press.pointer.modifiers;
    if (press.button == Qt::RightButton) return keys & Qt::ControlModifier;
    const bool free = press.spot == Spot::paper || press.spot == Spot::wire;
    return press.button == Qt::LeftButton && free && keys & Qt::AltModifier;
}

using Made = std::unique_ptr<CanvasTool>;

struct Arming {
    bool (*begins)(const Press& press);
    bool changes; ///< the document
    std::optional<Qt::CursorShape> cursor;
    Made (*make)(ToolHost& host, const Press& press);
};

/// The first row that fits.
const Arming kArmings[] = {
    {cuts, true, Qt::CrossCursor,
     [](ToolHost& host, const Press& press) -> Made { return std::make_unique<SliceTool>(host, press.pointer); }},
    {[](const Press& press) { return press.button == Qt::RightButton; }, false, Qt::ClosedHandCursor,
     [](ToolHost& host, const Press& press) -> Made { return std::make_unique<PanTool>(host, press.pointer); }},
    {[](const Press& press) { return isLeft(press) && !press.port.isEmpty(); },
     true,
     {},
     [](ToolHost& host, const Press& press) -> Made {
         return std::make_unique<WireTool>(host, press.pointer, press.port, press.fromOut);
     }},
    {[](const Press& press) { return isLeft(press) && press.spot == Spot::rim; },
     true,
     {},
     [](ToolHost& host, const Press& press) -> Made {
         return std::make_unique<WireTool>(host, press.pointer, press.id, press.fromOut);
     }},
    {[](const Press& press) { return isLeft(press) && (press.spot == Spot::node || press.spot == Spot::title); },
     true,
     {},
     [](ToolHost& host, const Press& press) -> Made {
         studio::DocumentStore& store = host.store();
         if (!store.selection().contains(press.id)) store.select(store.selection() + QSet<QString>{press.id});
         return std::make_unique<MoveTool>(host, press.pointer, press.id);
     }},
    {[](const Press& press) { return isLeft(press) && press.spot == Spot::paper; },
     false,
     {},
     [](ToolHost& host, const Press& press) -> Made {
         const bool add = press.pointer.modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
         return std::make_unique<BoxTool>(host, press.pointer, add);
     }},
};

} // namespace

Armed toolFor(ToolHost& host, const Press& press, bool locked) {
    for (const Arming& arming : kArmings)
        if (!(arming.changes && locked) && arming.begins(press)) return {arming.make(host, press), arming.cursor};
    return {};
}

} // namespace millrace::canvas
