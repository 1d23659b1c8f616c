#pragma once

#include "look/icons.h"

#include <QWidget>

namespace millrace::studio {

/// A role's glyph in a tile of its soft colour.
class NodeTile : public QWidget {
    Q_OBJECT
public:
    NodeTile(int size, QWidget* parent) : QWidget(parent) { setFixedSize(size, size); }
    void setGlyph(look::Glyph glyph) {
        glyph_ = glyph;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    look::Glyph glyph_ = look::Glyph::source;
};

} // namespace millrace::studio
