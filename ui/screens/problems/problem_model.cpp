#include "screens/problems/problem_model.h"

#include "look/icons.h"
#include "look/theme.h"

#include <algorithm>
#include <iterator>

namespace millrace::studio {

void ProblemModel::take(std::vector<Problem> problems) {
    // An edit mends or makes a few: what stays the same before and after them stays where it is.
    const auto same = [](const Problem& one, const Problem& other) { return one.sameAs(other); };
    const auto shorter = static_cast<std::ptrdiff_t>(std::min(problems.size(), problems_.size()));
    const auto head =
        std::mismatch(problems_.begin(), problems_.begin() + shorter, problems.begin(), same).first - problems_.begin();
    const auto tail =
        std::mismatch(problems_.rbegin(), problems_.rbegin() + (shorter - head), problems.rbegin(), same).first -
        problems_.rbegin();
    const auto gone = static_cast<std::ptrdiff_t>(problems_.size()) - head - tail;
    const auto come = static_cast<std::ptrdiff_t>(problems.size()) - head - tail;
    if (gone > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + gone - 1));
        problems_.erase(problems_.begin() + head, problems_.begin() + head + gone);
        endRemoveRows();
    }
    if (come > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + come - 1));
        problems_.insert(problems_.begin() + head, problems.begin() + head, problems.begin() + head + come);
        endInsertRows();
    }
    problems_ = std::move(problems);
    repaint(); // the lines may be others
}

void ProblemModel::repaint() {
    if (!problems_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(problems_.size());
}

int ProblemModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Problem& one = problem(index.row());
    if (index.column() == place) {
        if (role == Qt::DisplayRole) return one.place;
        return role == Qt::ForegroundRole ? QVariant(look::colours().second) : QVariant();
    }
    if (index.column() != message) return {};
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return one.message;
    if (role != Qt::DecorationRole) return {};
    return look::icon(one.severity == topology::Severity::error     ? look::Glyph::invalid
                      : one.severity == topology::Severity::warning ? look::Glyph::warning
                                                                    : look::Glyph::information);
}

} // namespace millrace::studio
