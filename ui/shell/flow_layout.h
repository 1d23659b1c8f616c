#pragma once

#include <QLayout>
#include <QList>

namespace millrace::studio {

/// Equal cards in rows, as many to a row as fit, stretched to the full width.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(int gap) : gap_(gap) {}
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override { return index < count() && index >= 0 ? items_.takeAt(index) : nullptr; }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& area) override;

private:
    int columnsFor(int width) const;

    QList<QLayoutItem*> items_;
    int gap_;
};

} // namespace millrace::studio
