#pragma once

#include <QCoreApplication>
#include <QRectF>
#include <QString>

class QGraphicsScene;
class QIODevice;
class QPaintDevice;

namespace millrace::canvas {

/// Writes a drawing into a picture file.
class PictureExporter {
    Q_DECLARE_TR_FUNCTIONS(PictureExporter)
public:
    /// `content`: what is to be seen, scene units. The scene must outlive the exporter.
    PictureExporter(QGraphicsScene& scene, const QRectF& content);
    /// By the ending: .svg without pixels, or .png at twice the size, smaller when that would be more than kMostPixels;
    /// another ending is refused. Empty: written. Else why not, in a sentence; a file that was there stays.
    QString write(const QString& path);
    /// A quarter of a gigabyte while it is being made.
    static constexpr double kMostPixels = 64e6;

private:
    bool paint(QPaintDevice& device, const QRectF& room);
    bool writeSvg(QIODevice& file);
    QString writePng(QIODevice& file, const QString& path);
    QGraphicsScene& scene_;
    QRectF content_;
};

} // namespace millrace::canvas
