#pragma once

#include <QWidget>

namespace millrace::studio {

/// The mark of the program: two blades of a water wheel, as on its icon.
class Logo : public QWidget {
    Q_OBJECT
public:
    Logo(int width, QWidget* parent) : QWidget(parent) { setFixedSize(width, width * 3 / 4); }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace millrace::studio
