#include "shell/palette/palette_panel.h"

#include "words/node_words.h"
#include "document/document_store.h"
#include "look/theme.h"

#include <QEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::studio {

namespace {

enum Role { kKind = Qt::UserRole, kType, kRest, kMore };

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// The commonest first, as people reach for them; what is not named here follows in the catalog's order.
int rankOf(std::string_view title) {
    constexpr std::string_view kOrder[] = {"TAILDIR", "exec", "netcat",    "avro",   "kafka", "seq",  "stress",
                                           "memory",  "file", "file_roll", "logger", "hdfs",  "http", "null"};
    const auto found = std::find(std::begin(kOrder), std::end(kOrder), title);
    return static_cast<int>(found - std::begin(kOrder));
}

/// A tree whose entries travel as the canvas expects them.
class PaletteTree : public QTreeWidget {
public:
    using QTreeWidget::QTreeWidget;

protected:
    QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override {
        if (items.isEmpty()) return nullptr;
        const auto kind = static_cast<topology::NodeKind>(items.front()->data(0, kKind).toInt());
        return canvas::toMime({kind, items.front()->data(0, kType).toString()});
    }
    QStringList mimeTypes() const override { return {QString::fromLatin1(canvas::kPaletteMime)}; }
};

} // namespace

PalettePanel::PalettePanel(DocumentStore& store, RunController& run, Runs runs, QWidget* parent)
    : Screen(store, run, parent),
      runs_(std::move(runs)),
      search_(new QLineEdit(this)),
      tree_(new PaletteTree(this)) {
    setProperty("look", "panel");
    setAttribute(Qt::WA_StyledBackground);
    search_->setObjectName(QStringLiteral("paletteSearch"));
    search_->setClearButtonEnabled(true);
    tree_->setObjectName(QStringLiteral("palette"));
    tree_->setProperty("look", "palette");
    tree_->setHeaderHidden(true);
    tree_->setRootIsDecorated(false);
    tree_->setIndentation(0);
    tree_->setIconSize({22, 22});
    tree_->setExpandsOnDoubleClick(false);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree_->setDragEnabled(true);
    tree_->setDragDropMode(QAbstractItemView::DragOnly);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, look::measure::kSpace3, 0, 0);
    box->setSpacing(look::measure::kSpace2);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(look::measure::kSpace3, 0, look::measure::kSpace3, 0);
    inset->addWidget(search_);
    box->addLayout(inset);
    box->addWidget(tree_, 1);
    connect(search_, &QLineEdit::textChanged, this, &PalettePanel::filter);
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        for (QTreeWidgetItemIterator it(tree_); *it; ++it)
            if ((*it)->parent() && !(*it)->isHidden() && !(*it)->data(0, kMore).toBool()) {
                clicked(*it);
                return;
            }
    });
    connect(tree_, &QTreeWidget::itemActivated, this, &PalettePanel::clicked);
    connect(tree_, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) {
        if (item->data(0, kMore).toBool()) clicked(item);
    });
    fill();
}

void PalettePanel::focusSearch() {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

QTreeWidgetItem* PalettePanel::addEntry(QTreeWidgetItem* group, const canvas::PaletteItem& entry, const QString& title,
                                        const QString& help, bool runs) {
    auto* item = new QTreeWidgetItem(group, {title});
    item->setIcon(0, look::tileIcon(runs ? glyphOf(entry.kind) : look::Glyph::foreign));
    item->setData(0, kKind, static_cast<int>(entry.kind));
    item->setData(0, kType, entry.type);
    item->setData(0, kRest, !runs);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled);
    item->setToolTip(
        0, runs ? help : tr("%1\nRuns on Apache Flume only: it can be drawn and saved, but not run here.").arg(help));
    item->setData(0, Qt::AccessibleDescriptionRole, item->toolTip(0));
    if (!runs) item->setForeground(0, look::colours().second);
    return item;
}

void PalettePanel::addComponents(QTreeWidgetItem* group, catalog::ComponentKind kind, topology::NodeKind node) {
    std::vector<const catalog::ComponentSpec*> specs = store_.document().catalog().ofKind(kind);
    std::erase_if(specs, [](const catalog::ComponentSpec* spec) { return !spec->loadable; });
    std::stable_sort(specs.begin(), specs.end(), [this](const auto* a, const auto* b) {
        return std::pair(!runs_(*a), rankOf(a->title)) < std::pair(!runs_(*b), rankOf(b->title));
    });
    bool rest = false;
    for (const catalog::ComponentSpec* spec : specs) {
        const bool runs = runs_(*spec);
        rest |= !runs;
        addEntry(group, {node, text(spec->alias.empty() ? spec->className : spec->alias)}, text(spec->title),
                 helpText(spec->summary), runs);
    }
    if (!rest) return;
    auto* more = new QTreeWidgetItem(group, {tr("more…")});
    more->setData(0, kMore, true);
    more->setForeground(0, look::colours().accentText);
    more->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    more->setToolTip(0, tr("Components that run on Apache Flume only"));
}

void PalettePanel::fill() {
    search_->setPlaceholderText(tr("Add…"));
    search_->setAccessibleName(tr("Search for something to add"));
    tree_->setAccessibleName(tr("Palette"));
    tree_->clear();
    const auto group = [this](const QString& title) {
        auto* item = new QTreeWidgetItem(tree_, {title});
        item->setFlags(Qt::ItemIsEnabled);
        item->setFont(0, look::uiFont(0.96, QFont::DemiBold));
        item->setForeground(0, look::colours().second);
        item->setExpanded(true);
        return item;
    };
    addComponents(group(tr("Sources")), catalog::ComponentKind::source, topology::NodeKind::source);
    addComponents(group(tr("Channels")), catalog::ComponentKind::channel, topology::NodeKind::channel);
    addComponents(group(tr("Sinks")), catalog::ComponentKind::sink, topology::NodeKind::sink);
    auto* kafka = group(tr("Kafka"));
    using topology::NodeKind;
    addEntry(kafka, {NodeKind::topic, {}}, tr("topic"), tr("A topic, made before the run when it is not there yet."),
             true);
    addEntry(kafka, {NodeKind::cluster, QStringLiteral("embedded")}, tr("cluster"),
             tr("A Kafka cluster that Millrace runs itself."), true);
    addEntry(kafka, {NodeKind::traffic, QStringLiteral("weblog")}, tr("traffic"),
             tr("Made-up input: a web access log at a set rate."), true);
    addEntry(kafka, {NodeKind::note, {}}, tr("note"), tr("A note on the canvas."), true);
    filter();
}

void PalettePanel::clicked(QTreeWidgetItem* item) {
    if (!item->parent()) return;
    if (item->data(0, kMore).toBool()) {
        const int group = tree_->indexOfTopLevelItem(item->parent());
        if (!unfolded_.remove(group)) unfolded_.insert(group);
        filter();
        return;
    }
    emit addWanted({static_cast<topology::NodeKind>(item->data(0, kKind).toInt()), item->data(0, kType).toString()});
}

void PalettePanel::filter() {
    const QString wanted = search_->text().trimmed();
    for (int g = 0; g < tree_->topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = tree_->topLevelItem(g);
        bool any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* item = group->child(i);
            const bool more = item->data(0, kMore).toBool();
            bool hidden;
            if (wanted.isEmpty())
                hidden = item->data(0, kRest).toBool() && !unfolded_.contains(g);
            else
                hidden = more || !item->text(0).contains(wanted, Qt::CaseInsensitive);
            item->setHidden(hidden);
            if (more) item->setText(0, unfolded_.contains(g) ? tr("fewer") : tr("more…"));
            any |= !hidden;
        }
        group->setHidden(!any);
    }
}

} // namespace millrace::studio
