#include "screens/log/log_model.h"

#include "look/theme.h"

#include <QDateTime>

namespace millrace::studio {

void LogModel::add(const session::LogPage& page) {
    cursor_ = page.next;
    std::vector<session::LogLine> fresh;
    if (page.skipped > 0) {
        session::LogLine gap;
        gap.timeMs = page.lines.empty() ? 0 : page.lines.front().timeMs;
        gap.level = "warning";
        gap.text = tr("%n line(s) were left out, because they came too fast.", nullptr, static_cast<int>(page.skipped))
                       .toStdString();
        fresh.push_back(std::move(gap));
    }
    fresh.insert(fresh.end(), page.lines.begin(), page.lines.end());
    if (fresh.size() > kMostLines) fresh.erase(fresh.begin(), fresh.end() - kMostLines);
    if (fresh.empty()) return;
    const std::size_t total = lines_.size() + fresh.size();
    if (total > kMostLines) {
        const auto surplus = static_cast<int>(total - kMostLines);
        beginRemoveRows({}, 0, surplus - 1);
        lines_.erase(lines_.begin(), lines_.begin() + surplus);
        endRemoveRows();
    }
    const auto first = static_cast<int>(lines_.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    for (session::LogLine& one : fresh)
        lines_.push_back(std::move(one));
    endInsertRows();
}

void LogModel::clear() {
    beginResetModel();
    lines_.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const session::LogLine& one = line(index.row());
    if (role == Qt::ForegroundRole) {
        const look::Colours& c = look::colours();
        if (one.level == "error") return c.failText;
        if (one.level == "warning") return c.waitText;
        return index.column() == text ? c.text : c.second;
    }
    if (role == Qt::FontRole && index.column() == time) return look::figureFont(1, QFont::Normal);
    if (role == Qt::ToolTipRole && index.column() == text) return QString::fromStdString(one.text);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case time:
        return QDateTime::fromMSecsSinceEpoch(one.timeMs).toString(QStringLiteral("HH:mm:ss.zzz"));
    case level:
        if (one.level == "error") return tr("error");
        if (one.level == "warning") return tr("warning");
        return tr("info");
    case node:
        return QString::fromStdString(one.node);
    default:
        return QString::fromStdString(one.text);
    }
}

} // namespace millrace::studio
