#pragma once

#include "screens/problems/problem_list.h"

#include <QAbstractTableModel>

namespace millrace::studio {

/// The problems as rows: message, place, remedy. A newer list changes only the rows that differ, so that a view keeps
/// what is current and scrolled to. GUI thread only.
class ProblemModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { message, place, remedy, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void take(std::vector<Problem> problems);
    const Problem& problem(int row) const { return problems_[static_cast<std::size_t>(row)]; }
    /// Colours are others.
    void repaint();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Problem> problems_;
};

} // namespace millrace::studio
