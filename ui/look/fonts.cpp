#include "look/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>

#include <algorithm>

namespace millrace::look {

namespace {

constexpr double kSmallestPx = 10.5;

// Qt has no fractional pixel sizes; points are, so the size is set in points of the screen's logical resolution.
void setPx(QFont& font, double px) {
    const double pxPerPoint = QFontInfo(font).pixelSize() / std::max(1.0, QFontInfo(font).pointSizeF());
    font.setPointSizeF(px / std::max(0.1, pxPerPoint));
}

} // namespace

QFont uiFont(double sizeRelative, QFont::Weight weight) {
    QFont font = QGuiApplication::font();
    const double px = QFontInfo(font).pixelSize() * sizeRelative;
    if (px < kSmallestPx) setPx(font, kSmallestPx);
    else if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * sizeRelative);
    else font.setPixelSize(static_cast<int>(px + 0.5));
    font.setWeight(weight);
    return font;
}

QFont figureFont(double sizeRelative, QFont::Weight weight) {
    QFont font = uiFont(sizeRelative, weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature(QFont::Tag("tnum"), 1);
#endif
    return font;
}

QFont fixedFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const double px = QFontInfo(QGuiApplication::font()).pixelSize();
    setPx(font, std::max(px, kSmallestPx));
    return font;
}

QFont drawingFont(double px, QFont::Weight weight) {
    QFont font = QGuiApplication::font();
    setPx(font, px);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace millrace::look
