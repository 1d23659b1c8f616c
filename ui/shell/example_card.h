#pragma once

#include "shell/examples.h"
#include "topology/document/document.h"

#include <QAbstractButton>

namespace millrace::studio {

/// An example in the gallery: its picture, painted from the file itself, above title and summary.
class ExampleCard : public QAbstractButton {
    Q_OBJECT
public:
    ExampleCard(const Example& example, const topology::Document& document, QWidget* parent);
    void setExample(const Example& example);
    const QString& name() const { return example_.name; }
    QSize sizeHint() const override { return {344, 240}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintPicture(QPainter& painter, const QRectF& area);

    Example example_;
    topology::Document document_;
    QPixmap picture_; ///< empty: to be painted
};

} // namespace millrace::studio
