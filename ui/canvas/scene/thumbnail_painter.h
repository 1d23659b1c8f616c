#pragma once

#include "topology/document/document.h"

#include <QPixmap>
#include <QRectF>

#include <memory>

class QPainter;

namespace millrace::canvas {

/// A small picture of a document's graph: silhouettes in their role's soft colour, wires, frames, no words. The same
/// geometry as the canvas.
class ThumbnailPainter {
public:
    explicit ThumbnailPainter(const topology::Document& document);
    /// Fits the drawing into `room`, centred, never larger than it is; paints nothing behind it.
    void paint(QPainter& painter, const QRectF& room) const;
    QPixmap pixmap(const QSize& size, double deviceRatio) const;

private:
    struct Impl;
    std::shared_ptr<const Impl> impl_;
};

} // namespace millrace::canvas
