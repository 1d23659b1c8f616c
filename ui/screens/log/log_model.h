#pragma once

#include "session/session.h"

#include <QAbstractTableModel>

#include <deque>

namespace millrace::studio {

/// The newest lines of the run's log, at most kMostLines.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t kMostLines = 5000;
    enum Column { time, level, node, text, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void add(const session::LogPage& page);
    void clear();
    std::int64_t cursor() const { return cursor_; }
    const session::LogLine& line(int row) const { return lines_[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::deque<session::LogLine> lines_;
    std::int64_t cursor_ = 0;
};

} // namespace millrace::studio
