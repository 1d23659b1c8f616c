#pragma once

#include "canvas/paint/silhouette.h"

#include <QCache>
#include <QHash>
#include <QPixmap>

#include <cstdint>

class QPainter;

namespace millrace::canvas {

/// How a node's outline is drawn.
enum class Border : std::uint8_t { normal, selected, ghost };

/// Pictures of what many nodes have in common (shadow, body, outline, role tile, ports), made once a zoom and shared.
/// Painting a hundred nodes then costs a hundred copies of a few pictures. What was not used for longest goes when they
/// take more than kMostBytes.
class SpriteCache {
public:
    struct Key {
        Shape shape{};
        Border border = Border::normal;
        QSize size; ///< of the node, scene units
        bool bare = false; ///< outline and body only: too small for tile and ports
        bool operator==(const Key&) const = default;
        friend size_t qHash(const Key& key, size_t seed = 0) {
            return qHashMulti(seed, static_cast<int>(key.shape), static_cast<int>(key.border), key.size.width(),
                              key.size.height(), key.bare);
        }
    };
    static constexpr qint64 kMostBytes = 48 << 20;
    /// The picture of a node whose upper left corner lies kOverhang inside. `scale`: device pixels per scene unit;
    /// scales that no eye can tell apart share a picture. The pixmap's own device ratio is set to `ratio`.
    QPixmap sprite(const Key& key, double scale, double ratio);
    /// The same painted at once: for shapes of any size, of which no picture is worth its memory.
    static void paint(QPainter& painter, const Key& key, double scale);
    /// A glyph in `box`, which is square: a picture of it, put on whole device pixels; painted at once where it is
    /// large or goes into a file. Painting its path costs twenty times as much.
    void glyph(QPainter& painter, look::Glyph glyph, const QRectF& box, const QColor& colour);
    /// Bytes that the pictures take.
    qint64 bytes() const { return sprites_.totalCost() + glyphs_.totalCost(); }
    /// After a change of theme or font.
    void clear();

private:
    struct Scaled {
        Key key;
        int scale; ///< bucket
        int ratio; ///< hundredths
        bool operator==(const Scaled&) const = default;
        friend size_t qHash(const Scaled& scaled, size_t seed = 0) {
            return qHashMulti(seed, scaled.key, scaled.scale, scaled.ratio);
        }
    };
    struct DrawnGlyph {
        look::Glyph glyph;
        QRgb colour;
        int side;  ///< eighths of a device pixel
        int ratio; ///< hundredths
        bool operator==(const DrawnGlyph&) const = default;
        friend size_t qHash(const DrawnGlyph& drawn, size_t seed = 0) {
            return qHashMulti(seed, static_cast<int>(drawn.glyph), drawn.colour, drawn.side, drawn.ratio);
        }
    };
    static constexpr qint64 kMostGlyphBytes = 4 << 20;
    QPixmap glyphPicture(const DrawnGlyph& wanted);

    QCache<Scaled, QPixmap> sprites_{kMostBytes - kMostGlyphBytes};
    QCache<DrawnGlyph, QPixmap> glyphs_{kMostGlyphBytes};
};

} // namespace millrace::canvas
