#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

namespace millrace::look {

/// The colours of the studio, named by what they are for. One struct per theme; everything that paints reads this and
/// nothing else, so that a theme is one table.
struct Colours {
    QColor window, panel, raised, line, canvas, dot, text, second, faint, accent, accentSoft, node, nodeLine, frame,
        frameLine, field;
    QColor source, channel, sink, topic, traffic;
    QColor sourceSoft, channelSoft, sinkSoft, topicSoft, trafficSoft;
    QColor ok, wait, fail, off, wire, hot, pill, shadow;
    /// Series of charts without a role of their own (Okabe-Ito order), fit for the theme's background.
    QList<QColor> series;
};

enum class ThemeKind { light, dark };
enum class ThemeChoice { system, light, dark };

/// The theme in force. One object for the program; GUI thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();
    const Colours& colours() const;
    ThemeKind kind() const;
    ThemeChoice choice() const;
    /// Sets palette and application style sheet, then emits changed().
    void choose(ThemeChoice choice);
    /// True when the desktop asks for less motion (or the user did): dots stand still.
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);

signals:
    void changed();

private:
    Theme();
};

/// Shorthand for Theme::instance().colours().
const Colours& colours();

/// Spacing and measures of the drawing table, px at 100 %.
namespace measure {
inline constexpr int kSpace1 = 4, kSpace2 = 8, kSpace3 = 12, kSpace4 = 16, kSpace5 = 20, kSpace6 = 28;
inline constexpr int kControlHeight = 30, kRadius = 7, kHitArea = 24;
inline constexpr int kTopBar = 52, kPaletteWidth = 184, kInspectorWidth = 320;
} // namespace measure

/// Fonts relative to the system's interface font; never below 10.5 px.
QFont uiFont(double sizeRelative = 1.0, QFont::Weight weight = QFont::Normal);
/// Tabular figures for live numbers.
QFont figureFont(double sizeRelative = 1.0, QFont::Weight weight = QFont::Medium);
/// Fixed pitch, for values that end up in the file.
QFont fixedFont();

} // namespace millrace::look
