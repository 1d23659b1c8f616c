#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace millrace::look {

/// Role and status glyphs, drawn as paths so that they are sharp at any scale and take the theme's colours.
enum class Glyph {
    source, channel, sink, topic, cluster, traffic, agent, note, group,
    running, idle, waiting, failing, stopped, edited, invalid, disabled, paused, foreign,
    run, stop, plus, minus, fit, search, close, undo, redo, open, save, folder, warning, information, more, burst,
};

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& colour);
/// Takes the theme's text colour whenever it is painted; the disabled mode is fainter. Role glyphs keep their role's.
QIcon icon(Glyph glyph);
/// A role's tile as an icon (lists, palette).
QIcon tileIcon(Glyph role);
/// The glyph in a tile of its role's soft colour (palette, inspector title).
void paintTile(QPainter& painter, Glyph role, const QRectF& box);
QColor roleColour(Glyph role);
QColor roleSoftColour(Glyph role);
QColor statusColour(Glyph status);

} // namespace millrace::look
