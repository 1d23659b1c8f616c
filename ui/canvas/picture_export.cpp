#include "canvas/canvas_view.h"

#include "look/theme.h"

#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

namespace millrace::canvas {

namespace {

constexpr double kMargin = 24;

} // namespace

bool CanvasView::exportPicture(const QString& path, QString* error) {
    const QRectF content = scene_->contentBounds().adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const auto failed = [&] {
        if (error) *error = tr("The picture could not be written to %1. Choose another folder.").arg(path);
        return false;
    };
    if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setSize(content.size().toSize());
        svg.setViewBox(QRectF(QPointF(), content.size()));
        QPainter painter;
        if (!painter.begin(&svg)) return failed();
        painter.fillRect(QRectF(QPointF(), content.size()), look::colours().canvas);
        scene_->render(&painter, QRectF(QPointF(), content.size()), content);
        return painter.end();
    }
    constexpr double kScale = 2;
    const QSize size = (content.size() * kScale).toSize();
    if (size.width() > 32'000 || size.height() > 32'000) return failed();
    QImage picture(size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(look::colours().canvas);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    scene_->render(&painter, QRectF(QPointF(), QSizeF(size)), content);
    painter.end();
    return picture.save(path) || failed();
}

} // namespace millrace::canvas
