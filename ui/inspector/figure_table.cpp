#include "inspector/figure_table.h"

#include "look/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace millrace::studio {

FigureTable::FigureTable(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(look::measure::kSpace3);
    grid_->setVerticalSpacing(look::measure::kSpace1);
    grid_->setColumnStretch(0, 1);
}

void FigureTable::setRows(const QList<Row>& rows) {
    while (labels_.size() < rows.size()) {
        auto* name = new QLabel(this);
        auto* figure = new QLabel(this);
        name->setProperty("look", "second");
        name->setWordWrap(true);
        figure->setFont(look::figureFont());
        figure->setAlignment(Qt::AlignRight | Qt::AlignTop);
        figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
        const auto at = static_cast<int>(labels_.size());
        grid_->addWidget(name, at, 0);
        grid_->addWidget(figure, at, 1);
        labels_.append(qMakePair(name, figure));
    }
    for (qsizetype i = 0; i < labels_.size(); ++i) {
        const bool used = i < rows.size();
        labels_[i].first->setVisible(used);
        labels_[i].second->setVisible(used);
        if (!used) continue;
        if (labels_[i].first->text() != rows[i].first) labels_[i].first->setText(rows[i].first);
        if (labels_[i].second->text() != rows[i].second) labels_[i].second->setText(rows[i].second);
    }
    shown_ = rows.size();
}

QString FigureTable::figure(const QString& name) const {
    for (qsizetype i = 0; i < shown_; ++i)
        if (labels_[i].first->text() == name) return labels_[i].second->text();
    return {};
}

} // namespace millrace::studio
