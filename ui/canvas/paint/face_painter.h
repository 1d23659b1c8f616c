#pragma once

#include "canvas/paint/detail.h"
#include "canvas/paint/node_face.h"
#include "canvas/paint/sprite_cache.h"

#include <QStaticText>

class QPainter;

namespace millrace::canvas {

/// A pill that is nothing but its text is not there where texts are not legible: it would be empty.
constexpr bool isPainted(Shape shape, Detail detail) {
    return shape != Shape::ghostGroup || detail < Detail::silhouette;
}

/// The words of a face, laid out once until they change.
class FaceTexts {
public:
    void set(const NodeFace& face, const QSizeF& size);
    void forget() { made_ = false; }

private:
    friend class FacePainter;
    bool made_ = false;
    QStaticText name_, typeLine_, figure_;
    QStaticText shortFigure_; ///< the first of its parts, where there is room for few words
};

/// Paints one node in its own coordinates (origin at its upper left corner).
class FacePainter {
public:
    /// `pixels`: px of the desktop per scene unit; `ratio`: device pixels to one of them.
    FacePainter(SpriteCache& sprites, double pixels, double ratio = 1)
        : sprites_(sprites), pixels_(pixels), ratio_(ratio), detail_(detailAt(pixels)) {}
    void paint(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size, bool selected);

private:
    void paintSprite(QPainter& painter, const NodeFace& face, const QSizeF& size, bool selected);
    void paintBlock(QPainter& painter, const NodeFace& face, const QSizeF& size, bool selected);
    void paintFill(QPainter& painter, const NodeFace& face, const QSizeF& size);
    void paintTicks(QPainter& painter, const QSizeF& size);
    void paintBars(QPainter& painter, const NodeFace& face, const QSizeF& size);
    void paintTexts(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size);
    void paintLargeNote(QPainter& painter, const NodeFace& face, const QSizeF& size);
    void paintFewWords(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size);
    void paintGlyphs(QPainter& painter, const NodeFace& face, const QSizeF& size);

    SpriteCache& sprites_;
    double pixels_, ratio_;
    Detail detail_;
};

} // namespace millrace::canvas
