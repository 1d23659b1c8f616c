#pragma once

namespace millrace::canvas {

/// How much of the drawing is painted, by the size of a node's name on the screen.
enum class Detail {
    full,       ///< everything
    names,      ///< name, status and figure, larger than the rest, so that they stay legible
    silhouette, ///< outline, status glyph of constant size, wires without labels
    blocks,     ///< rectangles in status colour, hairline wires, large captions on frames
};

inline constexpr double kNamePx = 13;
/// Glyphs that report a fault never get smaller than this on the screen.
inline constexpr double kLeastGlyphPx = 12;

/// Names, figures and captions are not smaller on the screen, as long as they have room.
inline constexpr double kLegiblePx = 10;

/// `pixels`: px of the desktop per scene unit. A screen with more device pixels to one of them shows the same, only sharper.
constexpr Detail detailAt(double pixels) {
    const double name = kNamePx * pixels;
    if (name >= 9) return Detail::full;
    if (name >= 6) return Detail::names;
    return name >= 3 ? Detail::silhouette : Detail::blocks;
}

} // namespace millrace::canvas
