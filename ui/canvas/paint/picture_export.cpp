#include "canvas/view/canvas_view.h"

#include "look/theme.h"

#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kMargin = 24;
constexpr double kScale = 2;         ///< of a picture made of pixels
constexpr double kMostSide = 32'000; ///< pixels

} // namespace

bool CanvasView::exportPicture(const QString& path, QString* error) {
    const auto failed = [error](const QString& why) {
        if (error) *error = why;
        return false;
    };
    const bool svg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!svg && !path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return failed(tr("A picture's name ends with .svg or .png. %1 was not written.").arg(path));
    const QString unwritable = tr("The picture could not be written to %1. Choose another folder.").arg(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return failed(unwritable);
    const QRectF content = scene_->contentBounds().adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const auto draw = [&](QPaintDevice& device, const QRectF& room) {
        QPainter painter;
        if (!painter.begin(&device)) return false;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(room, look::colours().canvas);
        scene_->render(&painter, room, content);
        return painter.end();
    };
    bool drawn = false;
    if (svg) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(content.size().toSize());
        generator.setViewBox(QRectF(QPointF(), content.size()));
        drawn = draw(generator, QRectF(QPointF(), content.size()));
    } else {
        const double scale = std::min(kScale, kMostSide / std::max(content.width(), content.height()));
        QImage picture((content.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
        drawn = draw(picture, QRectF(picture.rect())) && picture.save(&file, "PNG");
    }
    return (drawn && file.commit()) || failed(unwritable);
}

} // namespace millrace::canvas
