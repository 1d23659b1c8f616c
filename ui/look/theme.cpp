#include "look/theme.h"

#include "look/style_sheet.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

namespace millrace::look {

namespace {

bool paletteIsDark() {
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

// What the desktop wants is read once from the palette that the platform brought, before ours covers it; from Qt 6.5 the
// platform also tells when it changes.
Theme::Theme() : desktopIsDark_(qApp && paletteIsDark()) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (!qApp) return;
    const auto follow = [this](Qt::ColorScheme scheme) {
        if (scheme != Qt::ColorScheme::Unknown) desktopIsDark_ = scheme == Qt::ColorScheme::Dark;
    };
    follow(QGuiApplication::styleHints()->colorScheme());
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this, follow](Qt::ColorScheme scheme) {
        follow(scheme);
        if (choice_ == ThemeChoice::system && wanted() != kind_) put();
    });
#endif
}

ThemeKind Theme::wanted() const {
    if (choice_ == ThemeChoice::system) return desktopIsDark_ ? ThemeKind::dark : ThemeKind::light;
    return choice_ == ThemeChoice::dark ? ThemeKind::dark : ThemeKind::light;
}

void Theme::choose(ThemeChoice choice) {
    choice_ = choice;
    put();
}

void Theme::put() {
    kind_ = wanted();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteOf(colours()));
    qApp->setStyleSheet(styleSheetOf(colours()));
    emit changed();
}

bool Theme::reducedMotion() const {
    // Desktops that switch animations off hand Qt a duration of 0.
    return reducedMotion_ || (qApp && QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0);
}

void Theme::setReducedMotion(bool reduced) {
    if (reducedMotion_ == reduced) return;
    reducedMotion_ = reduced;
    emit changed();
}

} // namespace millrace::look
