#include "look/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace millrace::look {

namespace {

constexpr QChar kThinSpace(0x2009);

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Numbers)
};

bool isChinese() {
    return QLocale().language() == QLocale::Chinese;
}

/// Three significant digits, so that a live figure keeps its width: "1.19", "11.9", "119".
QString threeDigits(double value) {
    const double size = std::abs(value);
    const int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', decimals);
}

struct Unit {
    double size;
    const char* text; ///< translated, with %1
};

/// The largest unit that leaves at least 1 in front, also after rounding ("1.00 M", never "1000 k").
template <std::size_t N>
QString scaled(double value, const std::array<Unit, N>& units) {
    for (const Unit& unit : units)
        if (std::abs(value) >= unit.size * 0.9995) return Texts::tr(unit.text).arg(threeDigits(value / unit.size));
    return threeDigits(value);
}

} // namespace

QString exact(std::int64_t value) {
    QString digits = QString::number(value);
    const qsizetype first = value < 0 ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > first; at -= 3)
        digits.insert(at, kThinSpace);
    return digits;
}

QString count(std::int64_t value) {
    static const std::array<Unit, 4> western{{{1e12, QT_TRANSLATE_NOOP("Numbers", "%1 T")},
                                              {1e9, QT_TRANSLATE_NOOP("Numbers", "%1 G")},
                                              {1e6, QT_TRANSLATE_NOOP("Numbers", "%1 M")},
                                              {1e3, QT_TRANSLATE_NOOP("Numbers", "%1 k")}}};
    if (std::abs(value) < 10'000) return exact(value);
    // Chinese counts in ten thousands and hundred millions; the characters are no translation of k and M.
    if (isChinese()) {
        const double size = std::abs(static_cast<double>(value));
        const bool large = size >= 0.9995e8;
        return threeDigits(static_cast<double>(value) / (large ? 1e8 : 1e4)) +
               (large ? QStringLiteral(" 亿") : QStringLiteral(" 万"));
    }
    return scaled(static_cast<double>(value), western);
}

QString rate(double perSecond) {
    static const std::array<Unit, 3> units{{{1e9, QT_TRANSLATE_NOOP("Numbers", "%1 G/s")},
                                            {1e6, QT_TRANSLATE_NOOP("Numbers", "%1 M/s")},
                                            {1e3, QT_TRANSLATE_NOOP("Numbers", "%1 k/s")}}};
    if (perSecond >= 999.5) return scaled(perSecond, units);
    const bool fraction = perSecond > 0.049 && perSecond < 9.95;
    return Texts::tr("%1 /s").arg(QLocale().toString(perSecond, 'f', fraction ? 1 : 0));
}

QString bytes(std::int64_t value) {
    static const std::array<Unit, 5> units{{{1e15, QT_TRANSLATE_NOOP("Numbers", "%1 PB")},
                                            {1e12, QT_TRANSLATE_NOOP("Numbers", "%1 TB")},
                                            {1e9, QT_TRANSLATE_NOOP("Numbers", "%1 GB")},
                                            {1e6, QT_TRANSLATE_NOOP("Numbers", "%1 MB")},
                                            {1e3, QT_TRANSLATE_NOOP("Numbers", "%1 kB")}}};
    if (std::abs(value) < 1000) return Texts::tr("%1 B").arg(value);
    return scaled(static_cast<double>(value), units);
}

QString duration(std::int64_t ms) {
    const QLocale locale;
    const double seconds = static_cast<double>(ms) / 1000;
    if (ms < 1000) return Texts::tr("%1 ms").arg(ms);
    if (ms < 9'950) return Texts::tr("%1 s").arg(locale.toString(seconds, 'f', 1));
    if (ms < 99'500) return Texts::tr("%1 s").arg(locale.toString(seconds, 'f', 0));
    if (ms < 99 * 60'000) return Texts::tr("%1 min").arg(locale.toString(seconds / 60, 'f', 0));
    if (ms < 48 * 3'600'000ll) return Texts::tr("%1 h").arg(locale.toString(seconds / 3600, 'f', 0));
    return Texts::tr("%1 d").arg(locale.toString(seconds / 86'400, 'f', 0));
}

QString percent(double fraction) {
    // 99.9 % is not full and 0.1 % is not empty: the ends are kept for what really is.
    const double shown = std::round(fraction * 100);
    if (fraction > 0 && shown < 1) return Texts::tr("<%1 %").arg(QLocale().toString(1));
    if (fraction < 1 && shown >= 100) return Texts::tr(">%1 %").arg(QLocale().toString(99));
    return Texts::tr("%1 %").arg(QLocale().toString(shown, 'f', 0));
}

QString clock(std::int64_t ms) {
    const std::int64_t seconds = ms / 1000;
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace millrace::look
