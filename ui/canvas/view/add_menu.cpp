#include "canvas/view/add_menu.h"

#include "canvas/paint/silhouette.h"
#include "look/icons.h"
#include "look/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::canvas {

AddMenu::AddMenu(QList<AddChoice> choices, QWidget* parent)
    : QFrame(parent, Qt::Popup), choices_(std::move(choices)), field_(new QLineEdit(this)), list_(new QListWidget(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("addMenu"));
    setProperty("look", QStringLiteral("card"));
    setAccessibleName(tr("Add a node"));
    field_->setPlaceholderText(tr("Add…"));
    field_->setObjectName(QStringLiteral("addFilter"));
    list_->setObjectName(QStringLiteral("addList"));
    list_->setIconSize(QSize(20, 20));
    list_->setUniformItemSizes(true);
    list_->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::measure::kSpace2, look::measure::kSpace2, look::measure::kSpace2,
                               look::measure::kSpace2);
    column->addWidget(field_);
    column->addWidget(list_);
    resize(260, 340);
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &AddMenu::filter);
    connect(list_, &QListWidget::itemClicked, this, &AddMenu::take);
    filter({});
}

void AddMenu::openAt(const QPoint& global) {
    QPoint corner = global;
    if (const QScreen* screen = QGuiApplication::screenAt(global)) {
        const QRect free = screen->availableGeometry();
        corner.setX(std::clamp(corner.x(), free.left(), std::max(free.left(), free.right() - width())));
        corner.setY(std::clamp(corner.y(), free.top(), std::max(free.top(), free.bottom() - height())));
    }
    move(corner);
    show();
    field_->setFocus();
}

void AddMenu::filter(const QString& words) {
    list_->clear();
    const QString wanted = words.trimmed();
    // Names that begin with what was typed come first.
    for (const bool prefix : {true, false})
        for (qsizetype i = 0; i < choices_.size(); ++i) {
            const AddChoice& choice = choices_[i];
            const bool begins = choice.title.startsWith(wanted, Qt::CaseInsensitive);
            const bool holds = (choice.title + QLatin1Char(' ') + choice.group).contains(wanted, Qt::CaseInsensitive);
            if (begins != prefix || !holds) continue;
            const QString note = choice.runsHere ? choice.group : tr("%1, Apache Flume only").arg(choice.group);
            auto* item = new QListWidgetItem(
                look::tileIcon(glyphOf(shapeOf(choice.item.kind))),
                note.isEmpty() ? choice.title : tr("%1   %2", "name and group of an entry").arg(choice.title, note), list_);
            item->setData(Qt::UserRole, i);
        }
    list_->setCurrentRow(0);
}

void AddMenu::take() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    const PaletteItem picked = choices_[item->data(Qt::UserRole).toLongLong()].item;
    close();
    emit chosen(picked);
}

bool AddMenu::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const int row = list_->currentRow() + (key == Qt::Key_Down ? 1 : -1);
        list_->setCurrentRow(std::clamp(row, 0, std::max(0, list_->count() - 1)));
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        take();
        return true;
    }
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
        close();
        emit left(key == Qt::Key_Tab);
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace millrace::canvas
