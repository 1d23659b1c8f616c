#include "inspector/inspector_panel.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "inspector/document_overview.h"
#include "inspector/live_page.h"
#include "inspector/node_tile.h"
#include "words/node_words.h"
#include "inspector/property_form.h"
#include "inspector/text_view.h"
#include "look/numbers.h"
#include "look/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

namespace millrace::studio {

InspectorPanel::InspectorPanel(DocumentStore& store, RunController& run, QWidget* parent)
    : Screen(store, run, parent),
      tabs_(new QTabBar(this)),
      title_(new QWidget(this)),
      tile_(new NodeTile(32, title_)),
      name_(new QLineEdit(title_)),
      second_(new QLabel(title_)),
      burst_(new QPushButton(title_)),
      pages_(new QStackedWidget(this)),
      properties_(new QStackedWidget(this)),
      form_(new PropertyForm(store, run, this)),
      overview_(new DocumentOverview(store, run, this)),
      live_(new LivePage(store, run, this)),
      text_(new TextView(store, this)) {
    setProperty("look", "panel");
    setAttribute(Qt::WA_StyledBackground);
    tabs_->setObjectName(QStringLiteral("inspectorTabs"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    for (int i = 0; i < 3; ++i)
        tabs_->addTab({});
    name_->setObjectName(QStringLiteral("nodeName"));
    name_->setFont(look::uiFont(1.12, QFont::DemiBold));
    name_->setProperty("look", "bare");
    name_->setFrame(false);
    second_->setProperty("look", "second");
    second_->setWordWrap(true);
    second_->setIndent(3); // where the name's line edit begins its text
    burst_->setObjectName(QStringLiteral("burst"));
    burst_->setProperty("look", "soft");
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(name_);
    words->addWidget(second_);
    auto* head = new QHBoxLayout(title_);
    head->setContentsMargins(look::measure::kSpace5, look::measure::kSpace4, look::measure::kSpace5,
                             look::measure::kSpace3);
    head->setSpacing(look::measure::kSpace3);
    head->addWidget(tile_, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    head->addWidget(burst_, 0, Qt::AlignTop);
    properties_->addWidget(overview_);
    properties_->addWidget(form_);
    pages_->addWidget(properties_);
    pages_->addWidget(live_);
    pages_->addWidget(text_);
    auto* line = new QWidget(this);
    line->setProperty("look", "hairline");
    line->setFixedHeight(1);
    line->setAttribute(Qt::WA_StyledBackground);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(tabs_);
    box->addWidget(line);
    box->addWidget(title_);
    box->addWidget(pages_, 1);
    connect(tabs_, &QTabBar::currentChanged, this, [this](int index) {
        pages_->setCurrentIndex(index);
        refresh();
    });
    connect(name_, &QLineEdit::editingFinished, this, &InspectorPanel::renameNode);
    connect(burst_, &QPushButton::clicked, this, [this] {
        if (const topology::Node* node = store_.selectedNode()) run_.burst(QString::fromStdString(node->id));
    });
    connect(&store, &DocumentStore::revealRequested, this, &InspectorPanel::reveal);
    connect(&run, &RunController::phaseChanged, this, &InspectorPanel::refresh);
    retranslate();
}

void InspectorPanel::retranslate() {
    tabs_->setTabText(0, tr("Properties"));
    tabs_->setTabText(1, tr("Live"));
    tabs_->setTabText(2, tr("Text"));
    name_->setAccessibleName(tr("Name"));
    name_->setToolTip(tr("Click to rename; every mention follows"));
    burst_->setText(tr("Burst"));
    refresh();
}

void InspectorPanel::setDocumentName(const QString& name) {
    documentName_ = name;
    refresh();
}

InspectorPanel::Page InspectorPanel::page() const {
    return static_cast<Page>(tabs_->currentIndex());
}

void InspectorPanel::showPage(Page page) {
    tabs_->setCurrentIndex(static_cast<int>(page));
}

void InspectorPanel::refresh() {
    const topology::Node* node = store_.selectedNode();
    const auto count = static_cast<int>(store_.selection().size());
    title_->setVisible(page() != Page::text);
    properties_->setCurrentIndex(count == 0 ? 0 : 1);
    tile_->setGlyph(node ? glyphOf(node->kind) : look::Glyph::agent);
    tile_->setVisible(count > 0);
    const QString name = node         ? QString::fromStdString(node->name)
                         : count == 0 ? documentName_
                                      : tr("%n node(s)", nullptr, count);
    // A name that is being typed stays, but belongs to the node that it was begun for.
    const QString id = node ? QString::fromStdString(node->id) : QString();
    const bool typing = name_->hasFocus() && name_->isModified() && id == named_;
    named_ = id;
    if (!typing) {
        name_->setText(name);
        name_->setModified(false);
    }
    name_->setReadOnly(!node || store_.readOnly() || node->implied);
    name_->setFocusPolicy(name_->isReadOnly() ? Qt::ClickFocus : Qt::StrongFocus);
    second_->setText(node         ? describe(*node)
                     : count == 0 ? tr("The whole document")
                                  : tr("Properties that all of them have"));
    const bool traffic = node && node->kind == topology::NodeKind::traffic;
    burst_->setVisible(traffic);
    if (traffic) burst_->setToolTip(tr("%1 for ten seconds").arg(look::rate(run_.burstRate(QString::fromStdString(node->id)))));
    burst_->setEnabled(run_.phase() == RunController::Phase::running && run_.session().capabilities().has("burst"));
}

void InspectorPanel::renameNode() {
    const topology::Node* node = store_.selectedNode();
    if (!node || !name_->isModified() || QString::fromStdString(node->id) != named_) return;
    const QString wanted = name_->text().trimmed();
    name_->setModified(false);
    const QString old = QString::fromStdString(node->name);
    if (wanted == old || wanted.isEmpty()) {
        name_->setText(old);
        return;
    }
    if (!store_.push(topology::rename(store_.document(), node->id, wanted.toStdString()), tr("Rename %1").arg(old)))
        name_->setText(old);
    run_.applyNow();
}

void InspectorPanel::reveal(const QString& node, const QString& property) {
    if (page() == Page::text) {
        text_->showPlace(node, property);
        return;
    }
    showPage(Page::properties);
    if (!property.isEmpty()) form_->showField(property);
}

} // namespace millrace::studio
