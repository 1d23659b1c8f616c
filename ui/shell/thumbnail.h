#pragma once

#include "topology/document.h"

#include <QRectF>

class QPainter;

namespace millrace::studio {

/// Paints the drawing of a document small into `area`, in its proportions.
void paintThumbnail(QPainter& painter, const topology::Document& document, const QRectF& area);

} // namespace millrace::studio
