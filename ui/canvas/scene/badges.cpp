#include "canvas/scene/badges.h"

#include <QCoreApplication>
#include <QStringList>

namespace millrace::canvas {

namespace {

using topology::Severity;

struct Row {
    look::Glyph glyph;
    bool (*carried)(const BadgeFacts& facts);
    const char* words; ///< QT_TRANSLATE_NOOP("Badges", …); null: none
};

constexpr Row kRows[] = {
    {look::Glyph::invalid, [](const BadgeFacts& facts) { return facts.worst == Severity::error; }, nullptr},
    {look::Glyph::warning, [](const BadgeFacts& facts) { return facts.worst && facts.worst != Severity::error; },
     nullptr},
    {look::Glyph::edited, [](const BadgeFacts& facts) { return facts.edited; },
     QT_TRANSLATE_NOOP("Badges", "Edited: what runs is as it was before.")},
};

} // namespace

QList<look::Glyph> badgesOf(const BadgeFacts& facts) {
    QList<look::Glyph> badges;
    for (const Row& row : kRows)
        if (row.carried(facts)) badges.append(row.glyph);
    return badges;
}

QString badgeWords(const BadgeFacts& facts) {
    QStringList lines;
    for (const Row& row : kRows)
        if (row.words && row.carried(facts)) lines.append(QCoreApplication::translate("Badges", row.words));
    return lines.join(QLatin1Char('\n'));
}

} // namespace millrace::canvas
