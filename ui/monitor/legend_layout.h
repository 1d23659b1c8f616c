#pragma once

#include <QLayout>
#include <QList>

namespace millrace::studio {

/// Entries as wide as they want to be, to the right of a line; those that do not fit go on in a second line. What does
/// not fit there either is not shown: the chart needs the room more.
class LegendLayout : public QLayout {
public:
    using QLayout::QLayout;
    ~LegendLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override { return index < count() && index >= 0 ? items_.takeAt(index) : nullptr; }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    /// How many lines it takes up: all that the entries need in this width, at most two.
    int linesIn(int width) const;
    void reserve(int lines);
    void setGeometry(const QRect& area) override;

private:
    /// The entries of each line.
    QList<QList<QLayoutItem*>> linesFor(int width) const;
    int lineHeight() const;

    QList<QLayoutItem*> items_;
    int reserved_ = 1;
};

} // namespace millrace::studio
