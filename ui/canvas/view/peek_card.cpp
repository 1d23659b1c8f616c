#include "canvas/view/peek_card.h"

#include "look/icons.h"
#include "look/numbers.h"
#include "look/theme.h"
#include "run/run_controller.h"
#include "words/messages.h"
#include "words/node_words.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace millrace::canvas {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kEventsAPull = 40, kBodyBytes = 2048;
constexpr int kLinesKept = 400;

QToolButton* makeButton(QWidget* parent, look::Glyph glyph, const QString& name, const char* object) {
    auto* button = new QToolButton(parent);
    button->setIcon(look::icon(glyph));
    button->setIconSize(QSize(14, 14));
    button->setAutoRaise(true);
    button->setFixedSize(look::measure::kHitArea + 2, look::measure::kHitArea + 2);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setObjectName(QLatin1String(object));
    return button;
}

QString headline(const session::TapEvent& event) {
    QStringList parts{QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(QStringLiteral("HH:mm:ss.zzz"))};
    if (event.partition) parts.append(PeekCard::tr("partition %1").arg(*event.partition));
    if (event.offset) parts.append(PeekCard::tr("offset %1").arg(*event.offset));
    if (event.key) parts.append(PeekCard::tr("key %1").arg(QString::fromStdString(*event.key)));
    for (const session::Header& header : event.headers)
        parts.append(QStringLiteral("%1=%2").arg(QString::fromStdString(header.key), QString::fromStdString(header.value)));
    return parts.join(QStringLiteral("  "));
}

void appendLine(QPlainTextEdit& view, const QString& line, const QColor& colour) {
    QTextCharFormat format;
    format.setForeground(colour);
    QTextCursor end(view.document());
    end.movePosition(QTextCursor::End);
    if (!view.document()->isEmpty()) end.insertBlock();
    end.insertText(line, format);
}

} // namespace

PeekCard::PeekCard(studio::RunController& run, const QString& tapId, QWidget* parent)
    : QFrame(parent), run_(run), tapId_(tapId), state_(new QLabel(this)), events_(new QPlainTextEdit(this)) {
    setObjectName(QStringLiteral("peekCard"));
    setProperty("look", QStringLiteral("card"));
    setAccessibleName(tr("Events of %1").arg(tapId));
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::ClickFocus);
    auto* title = new QLabel(studio::nameInId(tapId), this);
    title->setProperty("look", QStringLiteral("title"));
    state_->setProperty("look", QStringLiteral("second"));
    pause_ = makeButton(this, look::Glyph::paused, tr("Pause"), "peekPause");
    pause_->setCheckable(true);
    auto* copy = makeButton(this, look::Glyph::save, tr("Copy all"), "peekCopy");
    auto* shut = makeButton(this, look::Glyph::close, tr("Close"), "peekClose");
    auto* bar = new QHBoxLayout;
    bar->setSpacing(look::measure::kSpace1);
    bar->addWidget(title);
    bar->addSpacing(look::measure::kSpace2);
    bar->addWidget(state_, 1);
    for (QToolButton* button : {pause_, copy, shut})
        bar->addWidget(button);
    events_->setReadOnly(true);
    events_->setFont(look::fixedFont());
    events_->setLineWrapMode(QPlainTextEdit::NoWrap);
    events_->setMaximumBlockCount(kLinesKept);
    events_->setPlaceholderText(tr("Waiting for the next event"));
    events_->setObjectName(QStringLiteral("peekEvents"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::measure::kSpace3, look::measure::kSpace2, look::measure::kSpace2,
                               look::measure::kSpace2);
    column->addLayout(bar);
    column->addWidget(events_);
    resize(480, 260);
    connect(pause_, &QToolButton::toggled, this, &PeekCard::setPaused);
    connect(copy, &QToolButton::clicked, this, &PeekCard::copyAll);
    connect(shut, &QToolButton::clicked, this, &PeekCard::close);
    connect(&pull_, &QTimer::timeout, this, &PeekCard::pull);
    connect(&run_, &studio::RunController::looked, this, &PeekCard::take);
    connect(&run_, &studio::RunController::phaseChanged, this, [this] {
        if (run_.phase() == studio::RunController::Phase::stopped) close();
    });
    pull_.start(250ms);
    pull();
}

void PeekCard::pull() {
    if (asked_ == 0) asked_ = run_.session().tap({tapId_.toStdString(), after_, kEventsAPull, kBodyBytes});
}

void PeekCard::take(const session::Answer& answer) {
    if (answer.request != asked_) return;
    asked_ = 0;
    if (answer.tap) add(*answer.tap);
    else if (!answer.issues.empty()) state_->setText(studio::messageOf(answer.issues.front()));
}

void PeekCard::add(const session::TapPage& page) {
    skipped_ += page.skipped;
    QScrollBar* bar = events_->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 2;
    const int column = events_->horizontalScrollBar()->value();
    for (const session::TapEvent& event : page.events)
        append(event);
    after_ = page.next;
    if (atEnd) bar->setValue(bar->maximum());
    // A long line that came last must not pull the beginnings of the others out of sight.
    events_->horizontalScrollBar()->setValue(column);
    if (seen_ == 0) state_->setText(tr("no event yet"));
    else if (skipped_ == 0) state_->setText(tr("%n event(s) shown", nullptr, static_cast<int>(seen_)));
    else state_->setText(tr("%1 shown, %2 passed unseen").arg(look::count(seen_), look::count(skipped_)));
}

void PeekCard::append(const session::TapEvent& event) {
    ++seen_;
    QString body = QString::fromStdString(event.body);
    if (static_cast<std::int64_t>(event.body.size()) < event.size)
        body += tr(" … (%1 in all)").arg(look::bytes(event.size));
    const look::Colours& c = look::colours();
    appendLine(*events_, headline(event), c.second);
    appendLine(*events_, body, c.text);
}

QString PeekCard::text() const {
    return events_->toPlainText();
}

void PeekCard::setPaused(bool paused) {
    pause_->setChecked(paused);
    pause_->setIcon(look::icon(paused ? look::Glyph::run : look::Glyph::paused));
    pause_->setToolTip(paused ? tr("Go on") : tr("Pause"));
    if (paused) pull_.stop();
    else pull_.start(250ms);
}

void PeekCard::copyAll() {
    QGuiApplication::clipboard()->setText(text());
}

void PeekCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) close();
    else if (event->key() == Qt::Key_Space) setPaused(!paused());
    else QFrame::keyPressEvent(event);
}

// The card is moved by its bar, so that it need not cover what it explains.
void PeekCard::mousePressEvent(QMouseEvent* event) {
    grip_ = event->position().toPoint();
    setFocus();
}

void PeekCard::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) move(pos() + event->position().toPoint() - grip_);
}

} // namespace millrace::canvas
