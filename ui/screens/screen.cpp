#include "screens/screen.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"

#include <QEvent>

namespace millrace::studio {

Screen::Screen(DocumentStore& store, RunController& run, QWidget* parent) : QWidget(parent), store_(store), run_(run) {
    connect(&store, &DocumentStore::changed, this,
            [this](const topology::Edit&, const GraphDelta& delta) { onDelta(delta); });
    connect(&store, &DocumentStore::checked, this, [this] { onChecked(); });
    connect(&store, &DocumentStore::selectionChanged, this, [this] { onSelection(); });
    connect(&run, &RunController::snapshotChanged, this, [this] {
        if (isVisible()) onSnapshot();
    });
    connect(&look::Theme::instance(), &look::Theme::changed, this, [this] { onTheme(); });
}

void Screen::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void Screen::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    onSnapshot();
}

} // namespace millrace::studio
