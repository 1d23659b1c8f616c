#pragma once

#include <QColor>
#include <QFont>
#include <QList>
#include <QObject>

namespace millrace::look {

/// The colours of the studio, named by what they are for. One struct per theme; everything that paints reads this and
/// nothing else, so that a theme is one table (colours.cpp).
struct Colours {
    QColor window, panel, raised, line, canvas, dot, text, second, faint, accent, accentSoft, node, nodeLine, frame,
        frameLine, field;
    QColor source, channel, sink, topic, traffic;
    QColor sourceSoft, channelSoft, sinkSoft, topicSoft, trafficSoft;
    QColor ok, wait, fail, off, wire, hot, pill, shadow;
    /// The same meanings for words: 4.5:1 on panels, frames and soft tints, where the glyph's colour has only 3:1.
    QColor accentText, okText, waitText, failText;
    /// Words and glyphs on a surface filled with `accent`.
    QColor onAccent;
    /// Edge of what is `hot`: orange alone is too light for white paper.
    QColor hotEdge;
    /// Series of charts without a role of their own (Okabe-Ito order), fit for the theme's background.
    QList<QColor> series;
};

enum class ThemeKind { light, dark };
enum class ThemeChoice { system, light, dark };

/// The table of one theme, whichever is in force.
const Colours& coloursOf(ThemeKind kind);

/// The theme in force. One object for the program; GUI thread only. Until the first choose() the light table is read
/// and nothing is done to the application, so that a test can paint without setting one up.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();
    const Colours& colours() const { return coloursOf(kind_); }
    ThemeKind kind() const { return kind_; }
    ThemeChoice choice() const { return choice_; }
    /// Sets style, palette and application style sheet, then emits changed(). `system` follows the desktop, also when it
    /// changes later.
    void choose(ThemeChoice choice);
    /// True when the desktop asks for less motion (or the user did): dots stand still.
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);

signals:
    void changed();

private:
    Theme();
    ThemeKind wanted() const;
    void put();

    ThemeKind kind_ = ThemeKind::light;
    ThemeChoice choice_ = ThemeChoice::system;
    bool desktopIsDark_ = false;
    bool reducedMotion_ = false;
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
/// The interface font at `px` scene units, whatever the desktop's size: text of the drawing, which zooms with it.
QFont drawingFont(double px, QFont::Weight weight = QFont::Normal);

} // namespace millrace::look
