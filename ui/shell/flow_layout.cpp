#include "shell/flow_layout.h"

#include <algorithm>

namespace millrace::studio {

FlowLayout::~FlowLayout() {
    qDeleteAll(items_);
}

QSize FlowLayout::minimumSize() const {
    return items_.isEmpty() ? QSize() : items_.front()->sizeHint() * 0.8;
}

int FlowLayout::columnsFor(int width) const {
    if (items_.isEmpty()) return 1;
    return std::clamp((width + gap_) / (minimumSize().width() + gap_), 1, 3);
}

int FlowLayout::heightForWidth(int width) const {
    if (items_.isEmpty()) return 0;
    const int columns = columnsFor(width), rows = (count() + columns - 1) / columns;
    return rows * items_.front()->sizeHint().height() + (rows - 1) * gap_;
}

void FlowLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    if (items_.isEmpty()) return;
    const int columns = columnsFor(area.width());
    const int width = (area.width() - (columns - 1) * gap_) / columns;
    const int height = items_.front()->sizeHint().height();
    for (int i = 0; i < count(); ++i)
        items_[i]->setGeometry(
            {area.left() + i % columns * (width + gap_), area.top() + i / columns * (height + gap_), width, height});
}

} // namespace millrace::studio
