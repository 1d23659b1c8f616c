#include "canvas/commands/palette_mime.h"

namespace millrace::canvas {

namespace {

using topology::NodeKind;
constexpr NodeKind kKinds[] = {NodeKind::source, NodeKind::channel, NodeKind::sink,    NodeKind::agent,
                               NodeKind::cluster, NodeKind::topic,  NodeKind::traffic, NodeKind::note};

} // namespace

QMimeData* toMime(const PaletteItem& item) {
    auto* data = new QMimeData;
    const QString text = QLatin1String(topology::toString(item.kind)) + QLatin1Char(':') + item.type;
    data->setData(QLatin1String(kPaletteMime), text.toUtf8());
    return data;
}

std::optional<PaletteItem> fromMime(const QMimeData* data) {
    if (!data || !data->hasFormat(QLatin1String(kPaletteMime))) return std::nullopt;
    const QString text = QString::fromUtf8(data->data(QLatin1String(kPaletteMime)));
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    const QString kindName = colon < 0 ? text : text.left(colon);
    for (const NodeKind kind : kKinds)
        if (kindName == QLatin1String(topology::toString(kind)))
            return PaletteItem{kind, colon < 0 ? QString() : text.mid(colon + 1)};
    return std::nullopt;
}

} // namespace millrace::canvas
