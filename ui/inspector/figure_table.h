#pragma once

#include <QList>
#include <QPair>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace millrace::studio {

/// Names at the left, figures at the right; rows keep their place from one call to the next, so that only texts change.
class FigureTable : public QWidget {
    Q_OBJECT
public:
    using Row = QPair<QString, QString>;
    explicit FigureTable(QWidget* parent);
    void setRows(const QList<Row>& rows);
    /// The figure beside `name`; empty when there is no such row.
    QString figure(const QString& name) const;

private:
    QGridLayout* grid_;
    QList<QPair<QLabel*, QLabel*>> labels_;
    qsizetype shown_ = 0;
};

} // namespace millrace::studio
