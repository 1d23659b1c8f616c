#include "shell/start_page.h"

#include "catalog/component_spec.h"
#include "look/theme.h"
#include "shell/app_settings.h"
#include "shell/example_card.h"
#include "shell/flow_layout.h"
#include "shell/logo.h"

#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

namespace millrace::studio {

namespace {

constexpr int kSideWidth = 400, kSideMargin = 48, kMostRecent = 6;
constexpr int kFlatInset = 11; ///< of the words in a flat button: those at the foot stand under the words above

QLabel* label(const char* look, QWidget* parent, const QFont& font = look::uiFont()) {
    auto* made = new QLabel(parent);
    made->setProperty("look", look);
    made->setFont(font);
    made->setWordWrap(true);
    return made;
}

/// A wide button with its shortcut at the right end.
QPushButton* wideButton(const char* name, const char* look, const QKeySequence& key, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setObjectName(QLatin1String(name));
    if (look) button->setProperty("look", look);
    auto* hint = new QLabel(key.toString(QKeySequence::NativeText), button);
    hint->setProperty("look", look ? "onAccent" : "faint");
    hint->setFont(look::uiFont(0.9));
    auto* row = new QHBoxLayout(button);
    row->setContentsMargins(0, 0, 14, 0);
    row->addStretch(1);
    row->addWidget(hint);
    button->setProperty("wide", true);
    return button;
}

/// On a low or strongly magnified screen the page is higher than the window.
QScrollArea* scrolling(QWidget* content, QWidget* parent) {
    auto* scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

StartPage::StartPage(AppSettings& settings, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      motto_(label("second", this, look::uiFont(1.04))),
      recentCaption_(label("group", this)),
      galleryTitle_(label("title", this, look::uiFont(1.36, QFont::DemiBold))),
      galleryText_(label("second", this)),
      new_(wideButton("newTopology", "primary", QKeySequence::New, this)),
      open_(wideButton("openTopology", nullptr, QKeySequence::Open, this)),
      leftoverRows_(new QVBoxLayout),
      recent_(new QVBoxLayout),
      footer_(new QVBoxLayout) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addWidget(makeGallery(), 1);
    connect(new_, &QPushButton::clicked, this, &StartPage::newWanted);
    connect(open_, &QPushButton::clicked, this, &StartPage::openWanted);
    translate();
}

QWidget* StartPage::makeSide() {
    auto* side = new QWidget;
    side->setObjectName(QStringLiteral("startSide"));
    side->setProperty("look", "side");
    side->setAttribute(Qt::WA_StyledBackground);
    auto* brand = new QHBoxLayout;
    brand->setSpacing(look::measure::kSpace4);
    auto* name = label("title", side, look::uiFont(2.0, QFont::DemiBold));
    name->setText(QStringLiteral("Millrace"));
    name->setWordWrap(false);
    brand->addWidget(new Logo(44, side));
    brand->addWidget(name, 1);
    auto* upper = new QVBoxLayout;
    upper->setContentsMargins(kFlatInset, 0, 0, 0);
    upper->setSpacing(10);
    upper->addLayout(brand);
    upper->addSpacing(8);
    upper->addWidget(motto_);
    upper->addSpacing(20);
    upper->addLayout(leftoverRows_);
    upper->addWidget(new_);
    upper->addWidget(open_);
    upper->addSpacing(28);
    upper->addWidget(recentCaption_);
    upper->addLayout(recent_);
    upper->addStretch(1);
    auto* box = new QVBoxLayout(side);
    box->setContentsMargins(kSideMargin - kFlatInset, 60, kSideMargin, 24);
    box->addLayout(upper, 1);
    box->addLayout(footer_);
    QScrollArea* scroll = scrolling(side, this);
    scroll->setFixedWidth(kSideWidth);
    return scroll;
}

QWidget* StartPage::makeGallery() {
    auto* body = new QWidget;
    body->setObjectName(QStringLiteral("startGallery"));
    body->setProperty("look", "ground");
    body->setAttribute(Qt::WA_StyledBackground);
    auto* box = new QVBoxLayout(body);
    box->setContentsMargins(48, 70, 48, 32);
    box->setSpacing(6);
    box->addWidget(galleryTitle_);
    box->addWidget(galleryText_);
    box->addSpacing(20);
    auto* grid = new FlowLayout(28);
    for (const Example& example : examples()) {
        const auto text = exampleText(example.name);
        if (!text) continue;
        auto* card = new ExampleCard(example, topology::Document::parse(*text, catalog::flumeCatalog()), body);
        connect(card, &ExampleCard::clicked, this, [this, card] { emit exampleWanted(card->name()); });
        grid->addWidget(card);
        cards_.append(card);
    }
    box->addLayout(grid);
    box->addStretch(1);
    return scrolling(body, this);
}

void StartPage::translate() {
    motto_->setText(tr("Draw, run and watch Flume and Kafka."));
    new_->setText(tr("New topology"));
    open_->setText(tr("Open a flume.conf…"));
    recentCaption_->setText(tr("Recent"));
    galleryTitle_->setText(tr("Start from an example"));
    galleryText_->setText(tr("Each one runs as it is. Change it while it runs."));
    const QList<Example> all = examples();
    for (ExampleCard* card : std::as_const(cards_))
        for (const Example& example : all)
            if (example.name == card->name()) card->setExample(example);
    showLeftovers();
    refresh();
}

void StartPage::focusFirst() {
    if (!cards_.isEmpty()) cards_.first()->setFocus(Qt::OtherFocusReason);
}

void StartPage::refresh() {
    while (QLayoutItem* item = recent_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QStringList files = settings_.recentFiles().mid(0, kMostRecent);
    recentCaption_->setVisible(!files.isEmpty());
    for (const QString& path : files) {
        auto* button = new QPushButton(QFileInfo(path).fileName(), this);
        button->setObjectName(QStringLiteral("recent"));
        button->setProperty("look", "link");
        button->setToolTip(path);
        button->setCursor(Qt::PointingHandCursor);
        auto* folder = label("second", this, look::uiFont(0.92));
        folder->setText(QDir::toNativeSeparators(QFileInfo(path).absolutePath()));
        connect(button, &QPushButton::clicked, this, [this, path] { emit recentWanted(path); });
        recent_->addWidget(button, 0, Qt::AlignLeft);
        recent_->addWidget(folder);
    }
}

void StartPage::setLeftovers(const QList<Recovered>& leftovers) {
    leftovers_ = leftovers;
    showLeftovers();
}

void StartPage::showLeftovers() {
    while (QLayoutItem* item = leftoverRows_->takeAt(0)) {
        if (QWidget* row = item->widget()) {
            row->hide();
            row->deleteLater(); // one of its buttons may have been clicked
        }
        delete item;
    }
    for (const Recovered& one : std::as_const(leftovers_)) {
        auto* row = new QWidget(this);
        auto* name = label("second", row);
        name->setTextFormat(Qt::PlainText);
        name->setText(changedText(one));
        name->setToolTip(QDir::toNativeSeparators(one.path));
        auto* recover = new QPushButton(tr("Recover"), row);
        recover->setObjectName(QStringLiteral("recover"));
        recover->setProperty("look", "soft");
        auto* discard = new QPushButton(tr("Discard"), row);
        discard->setObjectName(QStringLiteral("discard"));
        connect(recover, &QPushButton::clicked, this, [this, file = one.file] { emit recoverWanted(file); });
        connect(discard, &QPushButton::clicked, this, [this, file = one.file] { emit discardWanted(file); });
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, look::measure::kSpace3);
        line->addWidget(name, 1);
        line->addWidget(recover);
        line->addWidget(discard);
        leftoverRows_->addWidget(row);
    }
}

void StartPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) translate();
}

} // namespace millrace::studio
