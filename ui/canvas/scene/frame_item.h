#pragma once

#include "canvas/paint/caption_text.h"
#include "canvas/paint/sprite_cache.h"
#include "canvas/scene/drawing.h"
#include "look/icons.h"

#include <QGraphicsItem>

namespace millrace::canvas {

/// The frame of an agent with its title, or the bracket around a sink group with its processor's name.
class FrameItem : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    enum class Kind { agent, group };
    /// `sprites` must outlive the item.
    FrameItem(Kind kind, QString id, SpriteCache& sprites);

    const QString& id() const { return id_; }
    Kind kind() const { return kind_; }
    /// Title "name · where"; for a group the processor. False: it is so already.
    bool set(const QRectF& rect, const QString& name, const QString& where);
    bool setRect(const QRectF& rect);
    void setStatus(std::optional<look::Glyph> status, std::optional<look::Glyph> mark);
    void setChosen(bool chosen);
    bool chosen() const { return chosen_; }
    /// The frame that a drop or a new part would go into.
    void setTarget(bool target);
    const QRectF& rect() const { return rect_; } ///< scene units
    const QString& name() const { return name_; }
    /// Where a press takes hold of the frame; the rest of its inside belongs to what lies in it.
    QRectF titleRect() const;
    /// Texts are laid out anew: another language or font.
    void restyle();
    /// The name above the frame, where nothing inside is legible. Over the drawing, so that no wire crosses it out.
    void paintCaptionOver(QPainter& painter, double pixels);

    int type() const override { return Type; }
    QRectF boundingRect() const override { return rect_.adjusted(-4, kind_ == Kind::agent ? -kCaptionRoom : -4, 4, 4); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintAgent(QPainter& painter, double pixels);
    void paintTitle(QPainter& painter, double pixels);
    void paintLargeCaption(QPainter& painter, double pixels, bool onPaper);
    void paintGroup(QPainter& painter, double pixels);

    /// Above the frame, for the caption at the smallest zoom.
    static constexpr double kCaptionRoom = 360;
    Kind kind_;
    QString id_, name_, where_;
    CaptionText shownName_, shownWhere_, shownLarge_;
    SpriteCache& sprites_;
    QRectF rect_;
    std::optional<look::Glyph> status_, mark_;
    bool chosen_ = false, target_ = false;
};

} // namespace millrace::canvas
