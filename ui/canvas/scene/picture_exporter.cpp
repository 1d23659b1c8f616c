#include "canvas/scene/picture_exporter.h"

#include "look/theme.h"

#include <QGraphicsScene>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kMargin = 24;
constexpr double kScale = 2;         ///< of a picture made of pixels
constexpr double kMostSide = 32'000; ///< pixels: more is not read everywhere

} // namespace

PictureExporter::PictureExporter(QGraphicsScene& scene, const QRectF& content)
    : scene_(scene), content_(content.adjusted(-kMargin, -kMargin, kMargin, kMargin)) {}

QString PictureExporter::write(const QString& path) {
    const bool svg = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!svg && !path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return tr("A picture's name ends with .svg or .png. %1 was not written.").arg(path);
    const QString unwritable = tr("The picture could not be written to %1. Choose another folder.").arg(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return unwritable;
    if (!svg) {
        if (const QString why = writePng(file, path); !why.isEmpty()) return why;
    } else if (!writeSvg(file)) {
        return unwritable;
    }
    return file.commit() ? QString() : unwritable;
}

bool PictureExporter::paint(QPaintDevice& device, const QRectF& room) {
    QPainter painter;
    if (!painter.begin(&device)) return false;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(room, look::colours().canvas);
    scene_.render(&painter, room, content_);
    return painter.end();
}

bool PictureExporter::writeSvg(QIODevice& file) {
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(content_.size().toSize());
    generator.setViewBox(QRectF(QPointF(), content_.size()));
    return paint(generator, QRectF(QPointF(), content_.size()));
}

QString PictureExporter::writePng(QIODevice& file, const QString& path) {
    const double scale = std::min({kScale, kMostSide / std::max(content_.width(), content_.height()),
                                   std::sqrt(kMostPixels / (content_.width() * content_.height()))});
    QImage picture((content_.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (picture.isNull() || !paint(picture, QRectF(picture.rect())))
        return tr("There is not enough memory for a picture of the whole drawing. A .svg needs less.");
    if (!picture.save(&file, "PNG"))
        return tr("The picture could not be written to %1. Choose another folder.").arg(path);
    return {};
}

} // namespace millrace::canvas
