#include "inspector/node_tile.h"

#include <QPainter>

namespace millrace::studio {

void NodeTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    look::paintTile(painter, glyph_, rect());
}

} // namespace millrace::studio
