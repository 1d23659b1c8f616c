#pragma once

#include "canvas/paint/silhouette.h"

#include <QHash>
#include <QPixmap>

#include <cstdint>

class QPainter;

namespace millrace::canvas {

/// How a node's outline is drawn.
enum class Border : std::uint8_t { normal, selected, ghost };

/// Pictures of what many nodes have in common (shadow, body, outline, role tile, ports), made once for the zoom in force and
/// shared. Painting a hundred nodes then costs a hundred copies of a few pictures.
class SpriteCache {
public:
    struct Key {
        Shape shape{};
        Border border = Border::normal;
        QSize size; ///< of the node, scene units
        bool bare = false; ///< outline and body only: too small for tile and ports
        bool operator==(const Key&) const = default;
    };
    /// The picture of a node whose upper left corner lies kOverhang inside. `scale`: device pixels per scene unit; the
    /// pixmap's own device ratio is set to `ratio`.
    const QPixmap& sprite(const Key& key, double scale, double ratio);
    /// The same painted at once: for shapes of any size, of which no picture is worth its memory.
    static void paint(QPainter& painter, const Key& key, double scale);
    /// Bytes that the pictures take.
    qint64 bytes() const;
    /// After a change of theme or font.
    void clear();

private:
    QHash<Key, QPixmap> sprites_;
    double scale_ = 0;
};

size_t qHash(const SpriteCache::Key& key, size_t seed = 0);

} // namespace millrace::canvas
