#pragma once

#include "canvas/tools/canvas_mode.h"
#include "canvas/tools/tool_host.h"

#include <QRectF>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>

namespace millrace::canvas {

/// One of several things of the drawing is asked for.
struct Pick {
    QStringList candidates;                          ///< nodes or frames; never empty
    std::function<QString(const QString& id)> words; ///< what Enter would do with that one
    std::function<void(const QString& id)> take;     ///< does it
    QString from;                                    ///< a node that a wire is drawn from; empty: none is
    QSet<QString> before;                            ///< candidates that the wire would come from, not lead to
};

/// Arrows go to the candidate that lies there, Tab and Shift+Tab to the next and the one before, Enter or a click takes
/// one, Esc leaves. What cannot be taken steps back.
class PickMode : public CanvasMode {
public:
    PickMode(ToolHost& host, Pick pick);
    void enter() override;
    void cancel() override;
    bool key(const QKeyEvent& event) override;
    void click(const Press& press) override;
    bool over() const override { return over_; }
    void paint(QPainter& painter, double pixels) const override;
    /// The one that Enter would take.
    QString current() const { return pick_.candidates.value(at_); }

private:
    QRectF rectOf(const QString& id) const;
    void go(qsizetype to);
    void goTowards(const QPointF& direction);
    void take(const QString& id);
    void leave();

    ToolHost& host_;
    Pick pick_;
    qsizetype at_ = 0;
    bool over_ = false;
};

} // namespace millrace::canvas
