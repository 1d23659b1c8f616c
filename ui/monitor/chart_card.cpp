#include "monitor/chart_card.h"

#include "look/numbers.h"
#include "look/theme.h"
#include "monitor/legend_layout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace millrace::studio {

namespace {

constexpr double kThousandsFrom = 10'000;
constexpr int kRoomOfPlot = 130; ///< what a plot needs before its legend may have a line more
constexpr int kMostLegendLines = 2;

QIcon swatch(const QColor& colour) {
    QPixmap pixmap(20, 20);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(0.5, 0.5, 9, 9), 2.5, 2.5);
    return QIcon(pixmap);
}

} // namespace

ChartCard::ChartCard(TimeChart* chart, double smallestTop, bool filled, QWidget* parent)
    : QWidget(parent),
      chart_(chart),
      axis_(smallestTop),
      filled_(filled),
      titleRow_(new QHBoxLayout),
      column_(new QVBoxLayout(this)),
      more_(new QToolButton(this)),
      legend_(new LegendLayout(more_)),
      titleLabel_(new QLabel(this)),
      unitLabel_(new QLabel(this)),
      hint_(new QLabel(chart)) {
    titleLabel_->setProperty("look", "title");
    unitLabel_->setProperty("look", "second");
    hint_->setProperty("look", "faint");
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
    chart_->installEventFilter(this);
    titleRow_->setSpacing(look::measure::kSpace3);
    titleRow_->addWidget(titleLabel_);
    titleRow_->addWidget(unitLabel_);
    titleRow_->addLayout(legend_, 1);
    for (QLabel* word : {titleLabel_, unitLabel_}) { // beside the first line of the legend
        word->setFixedHeight(look::measure::kHitArea);
        titleRow_->setAlignment(word, Qt::AlignTop);
    }
    titleRow_->setContentsMargins(0, 0, look::measure::kSpace5, 0);
    column_->setContentsMargins(look::measure::kSpace5, look::measure::kSpace2, 0, look::measure::kSpace1);
    column_->setSpacing(look::measure::kSpace1);
    column_->addLayout(titleRow_);
    column_->addWidget(chart_, 1);
    more_->setObjectName(QStringLiteral("moreOfLegend"));
    more_->setProperty("look", "legend");
    more_->setFixedHeight(look::measure::kHitArea);
    more_->setMenu(new QMenu(more_));
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->hide();
    connect(more_->menu(), &QMenu::aboutToShow, this, &ChartCard::fillMore);
}

void ChartCard::setTexts(const QString& title, const QString& unit, const QString& thousands) {
    titleLabel_->setText(title);
    if (unit != unit_) axis_.beginAnew();
    unit_ = unit;
    thousands_ = thousands;
    unitLabel_->setText(axis_.top() >= kThousandsFrom ? thousands_ : unit_);
    chart_->setAccessibleName(title);
}

bool ChartCard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) hint_->setGeometry(chart_->rect());
    return QWidget::eventFilter(watched, event);
}

void ChartCard::setHint(const QString& whenEmpty) {
    hint_->setText(whenEmpty);
}

QString ChartCard::tickText(double value, bool thousands) const {
    const double shown = thousands ? value / 1000 : value;
    const int decimals = axis_.top() / (thousands ? 1000 : 1) < 4 && axis_.ticks().size() > 2 ? 1 : 0;
    const bool whole = std::abs(shown - std::round(shown)) < 1e-9;
    return QLocale().toString(shown, 'f', whole ? 0 : std::max(1, decimals));
}

void ChartCard::display(const QList<CardLine>& lines, std::int64_t fromMs, std::int64_t toMs) {
    // A longer or shorter stretch of time, or a clock that began again, is another picture.
    if (toMs - fromMs != lastToMs_ - lastFromMs_ || toMs < lastToMs_) axis_.beginAnew();
    last_ = lines;
    lastFromMs_ = fromMs;
    lastToMs_ = toMs;
    ChartFrame frame{fromMs, toMs, 1, {}, {}, filled_};
    double maximum = 0;
    for (const CardLine& line : lines) {
        if (hidden_.contains(line.id)) continue;
        maximum = std::max(maximum, line.samples.maximum());
        frame.lines.append({line.colour, line.samples.lines(), line.strong});
    }
    axis_.update(maximum, toMs);
    const bool thousands = axis_.top() >= kThousandsFrom;
    unitLabel_->setText(thousands ? thousands_ : unit_);
    frame.top = axis_.top();
    // Under the hint an empty scale says nothing.
    for (const double value : lines.isEmpty() ? QList<double>{0} : axis_.ticks())
        frame.ticks.append({value, tickText(value, thousands)});
    shownLines_ = static_cast<int>(frame.lines.size());
    hint_->setVisible(lines.isEmpty());
    putLegend(lines);
    tellValues(lines);
    chart_->display(frame);
}

void ChartCard::putLegend(const QList<CardLine>& lines) {
    QSet<QString> wanted;
    for (const CardLine& line : lines)
        wanted.insert(line.id);
    for (auto it = entries_.begin(); it != entries_.end();) {
        if (wanted.contains(it.key())) {
            ++it;
            continue;
        }
        it.value()->deleteLater();
        it = entries_.erase(it);
    }
    for (const CardLine& line : lines)
        if (!entries_.contains(line.id)) addEntry(line);
    QStringList order;
    for (const CardLine& line : lines)
        order.append(line.id);
    if (order == legendOrder_) return;
    legendOrder_ = order;
    for (const QString& id : order) {
        legend_->removeWidget(entries_[id]);
        legend_->addWidget(entries_[id]);
    }
}

void ChartCard::addEntry(const CardLine& line) {
    auto* entry = new QToolButton(this);
    entries_.insert(line.id, entry);
    entry->setObjectName(QStringLiteral("legend:") + line.id);
    entry->setProperty("look", "legend");
    entry->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    entry->setIconSize({10, 10});
    entry->setFixedHeight(look::measure::kHitArea);
    entry->setCheckable(true);
    entry->setChecked(!hidden_.contains(line.id));
    entry->setFocusPolicy(Qt::TabFocus);
    connect(entry, &QToolButton::toggled, this, [this, id = line.id](bool on) { switchLine(id, on); });
    if (!line.members.isEmpty()) {
        auto* menu = new QMenu(entry);
        connect(menu, &QMenu::aboutToShow, this, [this, menu, id = line.id] { fillMembers(id, menu); });
        entry->setMenu(menu);
        entry->setPopupMode(QToolButton::MenuButtonPopup);
    }
    entry->show(); // what is not shown takes no room in the reckoning
}

// Drawn at once: after a stop no next snapshot would do it.
void ChartCard::switchLine(const QString& id, bool on) {
    if (on)
        hidden_.remove(id);
    else
        hidden_.insert(id);
    axis_.beginAnew();
    display(QList<CardLine>(last_), lastFromMs_, lastToMs_);
}

int ChartCard::legendLinesWanted() const {
    const int whole = width() - look::measure::kSpace5;
    int beside = whole - look::measure::kSpace5;
    for (int i = 0; i < titleRow_->count(); ++i)
        if (const QWidget* word = titleRow_->itemAt(i)->widget(); word && !word->isHidden())
            beside -= word->sizeHint().width() + titleRow_->spacing();
    if (legend_->sizeHint().width() <= beside) return 0;
    const int room = (height() - kRoomOfPlot) / look::measure::kHitArea - 1; // one is the title's own
    return std::clamp(std::min(legend_->linesIn(whole), room), 0, kMostLegendLines);
}

void ChartCard::setLegendLines(int below) {
    legend_->reserve(std::max(1, below));
    if ((below > 0) == legendBelow_) return;
    legendBelow_ = below > 0;
    if (legendBelow_) {
        titleRow_->removeItem(legend_);
        titleRow_->addStretch(1);
        column_->insertLayout(1, legend_);
    } else {
        column_->removeItem(legend_);
        delete titleRow_->takeAt(titleRow_->count() - 1);
        titleRow_->addLayout(legend_, 1);
    }
}

void ChartCard::fillMore() {
    QMenu* menu = more_->menu();
    menu->clear();
    for (QWidget* hidden : legend_->hidden()) {
        auto* entry = static_cast<QToolButton*>(hidden);
        QAction* action = menu->addAction(entry->icon(), entry->text());
        action->setCheckable(true);
        action->setChecked(entry->isChecked());
        connect(action, &QAction::toggled, entry, &QToolButton::setChecked);
    }
}

void ChartCard::fillMembers(const QString& lineId, QMenu* menu) {
    menu->clear();
    for (const CardLine& line : std::as_const(last_)) {
        if (line.id != lineId) continue;
        for (const CardLine::Member& member : line.members)
            connect(menu->addAction(member.name), &QAction::triggered, this,
                    [this, id = member.id] { emit memberWanted(id); });
    }
}

void ChartCard::tellValues(const QList<CardLine>& lines) {
    for (const CardLine& line : lines) {
        QToolButton* entry = entries_.value(line.id);
        const bool off = hidden_.contains(line.id);
        const QColor colour = off ? look::colours().line : line.colour;
        if (entry->property("swatch").value<QColor>() != colour) {
            entry->setProperty("swatch", colour);
            entry->setIcon(swatch(colour));
        }
        QString text = line.name;
        if (crosshair_ && !off) {
            const auto value = line.samples.at(*crosshair_);
            //: legend entry under the crosshair: name of the line, value at that moment
            text = tr("%1: %2").arg(line.name, value ? look::count(std::llround(*value)) : QString(QChar(0x2013)));
        }
        if (entry->text() != text) entry->setText(text);
    }
}

void ChartCard::setCrosshair(std::optional<std::int64_t> timeMs) {
    crosshair_ = timeMs;
    chart_->setCrosshair(timeMs);
    tellValues(last_);
}

} // namespace millrace::studio
