#pragma once

#include "canvas/commands/add_catalogue.h"

#include <QAbstractItemModel>
#include <QSortFilterProxyModel>

#include <vector>

namespace millrace::studio {

/// What can be added, by groups. Entries travel as the canvas expects them. A group of which something runs on Apache
/// Flume only ends with an entry that shows and hides that. GUI thread only.
class PaletteModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        kItem = Qt::UserRole, ///< false for a group and for the entry that shows more
        kRest,                ///< runs on Apache Flume only
        kMore,                ///< shows and hides the rest
        kUnfolded,            ///< the rest of its group is shown
    };
    using QAbstractItemModel::QAbstractItemModel;

    void fill(const QList<canvas::AddChoice>& choices);
    const canvas::PaletteItem& item(const QModelIndex& index) const { return entry(index).choice.item; }
    /// Shows or hides the rest of the group of that entry.
    void toggle(const QModelIndex& more);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    enum Section { sources, channels, sinks, kafka, others, sections };
    struct Entry {
        canvas::AddChoice choice;
        bool more = false;
    };
    struct Group {
        std::vector<Entry> entries;
        bool unfolded = false;
    };
    static Section sectionOf(topology::NodeKind kind);
    static QString titleOf(int section);
    const Entry& entry(const QModelIndex& index) const;
    QVariant entryData(const QModelIndex& index, int role) const;

    std::array<Group, sections> groups_;
};

/// Of the palette what is shown: without words what runs here and what was unfolded, else what has these words in it.
class PaletteFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString& words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& above) const override;

private:
    QString words_;
};

} // namespace millrace::studio
