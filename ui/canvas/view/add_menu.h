#pragma once

#include "canvas/commands/add_catalogue.h"

#include <QFrame>
#include <QList>

class QLineEdit;
class QListWidget;

namespace millrace::canvas {

/// A searchable list that opens where the pointer is. Deletes itself when it closes.
class AddMenu : public QFrame {
    Q_OBJECT
public:
    AddMenu(QList<AddChoice> choices, QWidget* parent);
    void openAt(const QPoint& global);

signals:
    void chosen(const PaletteItem& item);
    void left(bool forward); ///< by Tab or Shift+Tab, without a choice

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& words);
    void take();

    QList<AddChoice> choices_;
    QLineEdit* field_;
    QListWidget* list_;
};

} // namespace millrace::canvas
