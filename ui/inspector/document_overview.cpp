#include "inspector/document_overview.h"

#include "words/messages.h"
#include "document/document_store.h"
#include "words/node_words.h"
#include "look/theme.h"

#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {
constexpr int kMostProblems = 20;
}

DocumentOverview::DocumentOverview(DocumentStore& store, QWidget* parent) : QWidget(parent), store_(store) {
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("overviewScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&store, &DocumentStore::changed, this, &DocumentOverview::refresh);
    connect(&store, &DocumentStore::checked, this, &DocumentOverview::refresh);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &DocumentOverview::refresh);
    refresh();
}

void DocumentOverview::caption(const QString& text) {
    auto* label = new QLabel(text, body_);
    label->setProperty("look", "group");
    label->setContentsMargins(0, look::measure::kSpace4, 0, look::measure::kSpace1);
    column_->addWidget(label);
}

void DocumentOverview::line(const QString& name, const QString& second, const QString& node, const QString& property) {
    auto* label = new QLabel(body_);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    const QString link =
        node.isEmpty()
            ? name.toHtmlEscaped()
            : QStringLiteral("<a href=\"#\" style=\"text-decoration:none\">%1</a>").arg(name.toHtmlEscaped());
    label->setText(second.isEmpty() ? link : link + QStringLiteral("<br/>") + second.toHtmlEscaped());
    label->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    label->setObjectName(QStringLiteral("overview:") + node);
    connect(label, &QLabel::linkActivated, this, [this, node, property] {
        store_.select({node});
        store_.reveal(node, property);
    });
    column_->addWidget(label);
}

void DocumentOverview::refresh() {
    if (!isVisible()) return; // made when shown
    auto* scroll = findChild<QScrollArea*>(QStringLiteral("overviewScroll"));
    if (QWidget* old = scroll->takeWidget()) old->deleteLater(); // a link in it may have been clicked
    body_ = new QWidget;
    column_ = new QVBoxLayout(body_);
    column_->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, look::measure::kSpace4);
    column_->setSpacing(look::measure::kSpace1);
    const topology::Graph& graph = store_.graph();
    const auto agents = graph.ofKind(topology::NodeKind::agent);
    caption(tr("Agents"));
    if (agents.empty()) line(tr("None yet. Drag a source onto the canvas to make one."), {}, {});
    for (const topology::Node* agent : agents)
        line(QString::fromStdString(agent->name),
             tr("%n component(s)", nullptr, static_cast<int>(graph.partsOf(agent->name).size())),
             QString::fromStdString(agent->id));
    const auto clusters = graph.ofKind(topology::NodeKind::cluster);
    if (!clusters.empty()) caption(tr("Kafka clusters"));
    for (const topology::Node* cluster : clusters)
        line(QString::fromStdString(cluster->name), describe(*cluster), QString::fromStdString(cluster->id));
    const auto& problems = store_.diagnostics();
    caption(tr("Problems"));
    if (problems.empty()) line(tr("No problems found."), {}, {});
    int shown = 0;
    for (const topology::Diagnostic& problem : problems) {
        if (++shown > kMostProblems) {
            line(tr("%n more in the list of problems", nullptr, static_cast<int>(problems.size()) - kMostProblems), {},
                 {});
            break;
        }
        const QString name =
            problem.node.empty() ? tr("Line %1").arg(problem.line) : QString::fromStdString(problem.node);
        line(name, messageOf(problem), QString::fromStdString(problem.node), QString::fromStdString(problem.property));
    }
    column_->addStretch(1);
    scroll->setWidget(body_);
}

void DocumentOverview::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void DocumentOverview::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
