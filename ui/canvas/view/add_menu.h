#pragma once

#include "canvas/view/palette_mime.h"
#include "catalog/component_spec.h"

#include <QFrame>
#include <QList>

class QLineEdit;
class QListWidget;

namespace millrace::canvas {

/// One thing that can be put on the canvas.
struct AddChoice {
    PaletteItem item;
    QString title;   ///< "TAILDIR"
    QString group;   ///< "source": shown faint at the right, searched too
    bool runsHere = true; ///< false: drawn and edited, but run by Apache Flume only
};

/// Everything of the catalog that can be a node, the commonest first, with topics, clusters, traffic and notes.
QList<AddChoice> allChoices(const catalog::Catalog& catalog);

/// A searchable list that opens where the pointer is. Deletes itself when it closes.
class AddMenu : public QFrame {
    Q_OBJECT
public:
    AddMenu(QList<AddChoice> choices, QWidget* parent);
    void openAt(const QPoint& global);

signals:
    void chosen(const PaletteItem& item);

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
