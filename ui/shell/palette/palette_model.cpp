#include "shell/palette/palette_model.h"

#include "look/icons.h"
#include "look/theme.h"
#include "words/node_words.h"

#include <algorithm>

namespace millrace::studio {

using topology::NodeKind;

PaletteModel::Section PaletteModel::sectionOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::source:
        return sources;
    case NodeKind::channel:
        return channels;
    case NodeKind::sink:
        return sinks;
    case NodeKind::topic:
    case NodeKind::cluster:
        return kafka;
    default:
        return others;
    }
}

QString PaletteModel::titleOf(int section) {
    switch (section) {
    case sources:
        return tr("Sources");
    case channels:
        return tr("Channels");
    case sinks:
        return tr("Sinks");
    case kafka:
        return tr("Kafka");
    default:
        return tr("Others");
    }
}

void PaletteModel::fill(const QList<canvas::AddChoice>& choices) {
    beginResetModel();
    for (Group& group : groups_)
        group.entries.clear();
    for (const canvas::AddChoice& choice : choices)
        groups_[sectionOf(choice.item.kind)].entries.push_back({choice, false});
    for (Group& group : groups_)
        if (std::ranges::any_of(group.entries, [](const Entry& one) { return !one.choice.runsHere; }))
            group.entries.push_back({{}, true});
    endResetModel();
}

void PaletteModel::toggle(const QModelIndex& more) {
    bool& unfolded = groups_[more.internalId() - 1].unfolded;
    unfolded = !unfolded;
    const QModelIndex above = more.parent();
    emit dataChanged(index(0, 0, above), index(rowCount(above) - 1, 0, above));
}

const PaletteModel::Entry& PaletteModel::entry(const QModelIndex& index) const {
    return groups_[index.internalId() - 1].entries[static_cast<std::size_t>(index.row())];
}

/// A group has 0, its entries one more than its place.
QModelIndex PaletteModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex PaletteModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0) return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return sections;
    if (parent.internalId() != 0 || parent.column() > 0) return 0;
    return static_cast<int>(groups_[static_cast<std::size_t>(parent.row())].entries.size());
}

int PaletteModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (index.internalId() != 0) return entryData(index, role);
    if (role == Qt::DisplayRole) return titleOf(index.row());
    if (role == Qt::FontRole) return look::uiFont(0.96, QFont::DemiBold);
    if (role == Qt::ForegroundRole) return look::colours().second;
    return role == kItem ? QVariant(false) : QVariant();
}

QVariant PaletteModel::entryData(const QModelIndex& index, int role) const {
    const Entry& one = entry(index);
    const bool unfolded = groups_[index.internalId() - 1].unfolded;
    if (role == kItem) return !one.more;
    if (role == kMore) return one.more;
    if (role == kRest) return !one.more && !one.choice.runsHere;
    if (role == kUnfolded) return unfolded;
    if (one.more) {
        if (role == Qt::DisplayRole) return unfolded ? tr("fewer") : tr("more…");
        if (role == Qt::ForegroundRole) return look::colours().accentText;
        return role == Qt::ToolTipRole ? QVariant(tr("Components that run on Apache Flume only")) : QVariant();
    }
    const canvas::AddChoice& choice = one.choice;
    if (role == Qt::DisplayRole) return choice.title;
    if (role == Qt::DecorationRole)
        return look::tileIcon(choice.runsHere ? glyphOf(choice.item.kind) : look::Glyph::foreign);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return choice.runsHere
                   ? choice.help
                   : tr("%1\nRuns on Apache Flume only: it can be drawn and saved, but not run here.").arg(choice.help);
    return role == Qt::ForegroundRole && !choice.runsHere ? QVariant(look::colours().second) : QVariant();
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    if (index.internalId() == 0) return Qt::ItemIsEnabled;
    const Qt::ItemFlags entryFlags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return entry(index).more ? entryFlags : entryFlags | Qt::ItemIsDragEnabled;
}

QStringList PaletteModel::mimeTypes() const {
    return {QString::fromLatin1(canvas::kPaletteMime)};
}

QMimeData* PaletteModel::mimeData(const QModelIndexList& indexes) const {
    return indexes.isEmpty() ? nullptr : canvas::toMime(item(indexes.front()));
}

void PaletteFilter::setWords(const QString& words) {
    words_ = words.trimmed();
    invalidateFilter();
}

bool PaletteFilter::filterAcceptsRow(int row, const QModelIndex& above) const {
    const QModelIndex index = sourceModel()->index(row, 0, above);
    if (!above.isValid()) {
        for (int child = 0; child < sourceModel()->rowCount(index); ++child)
            if (filterAcceptsRow(child, index)) return true;
        return false;
    }
    if (words_.isEmpty())
        return !index.data(PaletteModel::kRest).toBool() || index.data(PaletteModel::kUnfolded).toBool();
    return index.data(PaletteModel::kItem).toBool() && index.data().toString().contains(words_, Qt::CaseInsensitive);
}

} // namespace millrace::studio
