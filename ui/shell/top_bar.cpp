#include "shell/top_bar.h"

#include "commands/command_registry.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/icons.h"
#include "look/numbers.h"
#include "look/theme.h"
#include "shell/flow_report.h"
#include "shell/logo.h"
#include "screens/problems/problem_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace millrace::studio {

namespace {

constexpr int kButtonWidth = 84;
constexpr int kLeastName = 60;

QPixmap glyphPixmap(look::Glyph glyph, const QColor& colour, qreal ratio) {
    QPixmap pixmap(QSize(16, 16) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    look::paintGlyph(painter, glyph, QRectF(1, 1, 14, 14), colour);
    return pixmap;
}

} // namespace

TopBar::TopBar(DocumentStore& store, RunController& run, const commands::CommandRegistry& commands, QWidget* parent)
    : QWidget(parent),
      store_(store),
      run_(run),
      commands_(commands),
      menus_(new QMenuBar(this)),
      name_(new QLabel(this)),
      state_(new QLabel(this)),
      middle_(new QWidget(this)),
      runStop_(new QPushButton(middle_)),
      glyph_(new QLabel(middle_)),
      elapsed_(new QLabel(middle_)) {
    setProperty("look", "bar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(look::measure::kTopBar);
    menus_->setNativeMenuBar(false);
    menus_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    name_->setObjectName(QStringLiteral("documentName"));
    name_->setFont(look::uiFont(1.12, QFont::DemiBold));
    name_->setTextFormat(Qt::PlainText);
    state_->setObjectName(QStringLiteral("documentState"));
    state_->setProperty("look", "second");
    runStop_->setObjectName(QStringLiteral("runStop"));
    runStop_->setProperty("look", "primary");
    runStop_->setMinimumWidth(kButtonWidth);
    // When a button that has the focus goes, Qt passes the focus on to the next one: Space must not stop a run then.
    // The keyboard has keys of its own for both, and the menu.
    runStop_->setFocusPolicy(Qt::NoFocus);
    elapsed_->setObjectName(QStringLiteral("elapsed"));
    elapsed_->setFont(look::figureFont());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::measure::kSpace4, 0, look::measure::kSpace4, 0);
    row->setSpacing(look::measure::kSpace2);
    row->addWidget(new Logo(28, this));
    row->addWidget(menus_, 0, Qt::AlignVCenter);
    row->addSpacing(look::measure::kSpace3);
    row->addWidget(name_);
    row->addWidget(state_);
    row->addStretch(1);
    auto* middle = new QHBoxLayout(middle_);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(look::measure::kSpace2);
    middle->addWidget(runStop_);
    middle->addSpacing(look::measure::kSpace3);
    middle->addWidget(glyph_);
    middle->addWidget(elapsed_);
    connect(runStop_, &QPushButton::clicked, this, [this] {
        if (run_.phase() == RunController::Phase::stopped)
            emit runClicked();
        else
            emit stopClicked();
    });
    connect(&run, &RunController::phaseChanged, this, &TopBar::refresh);
    connect(&run, &RunController::appliedChanged, this, &TopBar::refresh);
    connect(&run, &RunController::snapshotChanged, this, [this] {
        if (nothingRuns(store_, run_) != hollow_)
            refresh();
        else
            refreshTime();
    });
    connect(&run, &RunController::issuesChanged, this, &TopBar::refresh);
    connect(&store, &DocumentStore::changed, this, &TopBar::refresh);
    connect(&store, &DocumentStore::checked, this, &TopBar::refresh);
    connect(&store, &DocumentStore::modifiedChanged, this, &TopBar::refresh);
    connect(&commands, &commands::CommandRegistry::wordsChanged, this, &TopBar::refresh);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &TopBar::refresh);
    refresh();
}

void TopBar::setName(const QString& name) {
    fullName_ = name;
    // Else the window could not become narrower than its name.
    name_->setMinimumWidth(std::min(kLeastName, name_->fontMetrics().horizontalAdvance(name) + 1));
    placeMiddle();
}

QString TopBar::stateText() const {
    const bool errors = store_.checkedDocument().hasErrors();
    const int problems = countProblems(store_, run_);
    if (run_.editedNotApplied() && errors) return tr("edited · %n problem(s), not applied", nullptr, problems);
    if (run_.editedNotApplied()) return tr("edited, not applied yet");
    if (problems > 0 && store_.isModified()) return tr("edited · %n problem(s)", nullptr, problems);
    if (problems > 0) return tr("%n problem(s)", nullptr, problems);
    return store_.isModified() ? tr("edited") : QString();
}

void TopBar::refresh() {
    const look::Colours& c = look::colours();
    const QString state = stateText();
    state_->setText(
        state.isEmpty()
            ? QString()
            : QStringLiteral("<span style=\"color:%1\">●</span>&nbsp; %2").arg(c.accent.name(), state.toHtmlEscaped()));
    const bool stopped = run_.phase() == RunController::Phase::stopped;
    runStop_->setText(stopped ? tr("Run") : tr("Stop"));
    runStop_->setToolTip(commands_.tip(stopped ? u"run"_qs : u"stop"_qs));
    const qreal ratio = devicePixelRatioF();
    runStop_->setIcon(glyphPixmap(stopped ? look::Glyph::run : look::Glyph::stop, c.onAccent, ratio));
    hollow_ = nothingRuns(store_, run_);
    const bool running = run_.phase() == RunController::Phase::running && !hollow_;
    glyph_->setPixmap(glyphPixmap(running   ? look::Glyph::running
                                  : hollow_ ? look::Glyph::warning
                                            : look::Glyph::waiting,
                                  running ? c.ok : c.wait, ratio));
    glyph_->setVisible(!stopped);
    refreshTime();
    placeMiddle();
}

void TopBar::refreshTime() {
    QString text;
    switch (run_.phase()) {
    case RunController::Phase::stopped:
        break;
    case RunController::Phase::starting:
        text = tr("starting");
        break;
    case RunController::Phase::running:
        text = tr("running %1").arg(look::clock(run_.elapsedMs()));
        break;
    case RunController::Phase::stopping:
        text = tr("stopping");
        break;
    }
    if (elapsed_->text() == text) return;
    const bool wider = elapsed_->text().size() != text.size();
    elapsed_->setText(text);
    if (wider) placeMiddle();
}

// Run stands in the middle of the window, unless a long name needs the place; what is longer still is shortened.
void TopBar::placeMiddle() {
    const int width = middle_->sizeHint().width();
    layout()->activate();
    const int room = this->width() - look::measure::kSpace4 - width - look::measure::kSpace5 -
                     state_->sizeHint().width() - look::measure::kSpace2 - name_->x();
    name_->setText(
        name_->fontMetrics().elidedText(fullName_, Qt::ElideMiddle, std::max(room, name_->minimumWidth())));
    name_->setToolTip(name_->text() == fullName_ ? QString() : fullName_);
    layout()->activate();
    const int left = state_->geometry().left() + state_->sizeHint().width() + look::measure::kSpace5;
    const int x = std::max(this->width() / 2 - width / 2, left);
    middle_->setGeometry(x, 0, width, height() - 1);
    middle_->raise();
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeMiddle();
}

void TopBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
