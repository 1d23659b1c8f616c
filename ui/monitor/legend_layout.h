#pragma once

#include <QLayout>
#include <QList>

class QToolButton;

namespace millrace::studio {

/// Entries as wide as they want to be, to the right of a line; those that do not fit go on in the next of the lines that
/// it has. What does not fit there either is behind a button that says how many they are.
class LegendLayout : public QLayout {
public:
    /// The button is the owner's, a child of the widget that is laid out; of fixed height, as all entries.
    explicit LegendLayout(QToolButton* more) : more_(more) {}
    ~LegendLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override { return index < count() && index >= 0 ? items_.takeAt(index) : nullptr; }
    QSize sizeHint() const override;
    QSize minimumSize() const override { return {0, 0}; }
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool isEmpty() const override { return false; } // an empty legend beside a full one takes up as much
    /// How many lines all entries need in this width.
    int linesIn(int width) const;
    void reserve(int lines);
    void setGeometry(const QRect& area) override;
    /// The entries behind the button, in their order.
    const QList<QWidget*>& hidden() const { return hidden_; }

private:
    using Line = QList<QLayoutItem*>;
    /// The entries of each line.
    QList<Line> linesFor(int width) const;
    /// Takes entries off the last of the lines that there are until the button has room, and labels it.
    void makeRoomForMore(QList<Line>& lines, int width);
    int lineHeight() const;

    QToolButton* more_;
    QList<QLayoutItem*> items_;
    QList<QWidget*> hidden_;
    int reserved_ = 1;
};

} // namespace millrace::studio
