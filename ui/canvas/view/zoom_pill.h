#pragma once

#include <QFrame>

class QToolButton;

namespace millrace::canvas {

/// "− 76 % +" at the lower left of the canvas; the figure in the middle fits everything into view.
class ZoomPill : public QFrame {
    Q_OBJECT
public:
    explicit ZoomPill(QWidget* parent);
    void showZoom(double zoom);

signals:
    void zoomIn();
    void zoomOut();
    void zoomFit();

private:
    void retranslate();
    void changeEvent(QEvent* event) override;
    QToolButton *out_, *fit_, *in_;
};

} // namespace millrace::canvas
