#pragma once

#include <QLayout>
#include <QList>

namespace millrace::studio {

/// Entries as wide as they want to be, to the right of a line; those that do not fit go on in further lines.
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
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& area) override;

private:
    /// The entries of each line.
    QList<QList<QLayoutItem*>> linesFor(int width) const;
    int lineHeight() const;

    QList<QLayoutItem*> items_;
};

} // namespace millrace::studio
