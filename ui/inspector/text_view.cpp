#include "inspector/text_view.h"

#include "words/messages.h"
#include "document/document_store.h"
#include "document/merge_ids.h"
#include "inspector/conf_highlighter.h"
#include "inspector/key_completion.h"
#include "inspector/margin_editor.h"
#include "look/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>
#include <QTextDocument>
#include <QVBoxLayout>

#include <chrono>

namespace millrace::studio {

namespace {

using namespace std::chrono_literals;
constexpr auto kTypingPause = 1500ms;
constexpr int kLeastTyped = 2; ///< letters after which completions are offered unasked

/// The node whose lines hold `offset`, the property's own node first.
const topology::Node* nodeAt(const topology::Graph& graph, std::size_t begin, std::size_t end) {
    for (const topology::Node& node : graph.nodes)
        for (const topology::Property& property : node.properties)
            if (property.keyRange.begin <= end && property.valueRange.end >= begin) return &node;
    return nullptr;
}

} // namespace

TextView::TextView(DocumentStore& store, QWidget* parent)
    : QWidget(parent),
      store_(store),
      editor_(new MarginEditor(this)),
      notice_(new QLabel(this)),
      completer_(new QCompleter(this)),
      words_(new QStringListModel(this)) {
    editor_->setObjectName(QStringLiteral("textEditor"));
    editor_->setUndoRedoEnabled(false);
    editor_->installEventFilter(this);
    new ConfHighlighter(editor_->document());
    notice_->setProperty("look", "second");
    notice_->setWordWrap(true);
    notice_->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, look::measure::kSpace2);
    completer_->setModel(words_);
    completer_->setWidget(editor_);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    completer_->popup()->setObjectName(QStringLiteral("completions"));
    completer_->popup()->installEventFilter(this); // while it is open it has the keys and the mouse
    connect(completer_, QOverload<const QString&>::of(&QCompleter::activated), this, &TextView::insertCompletion);
    pause_.setSingleShot(true);
    pause_.setInterval(kTypingPause);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(notice_);
    box->addWidget(editor_, 1);
    connect(editor_, &QPlainTextEdit::textChanged, this, &TextView::typed);
    connect(editor_, &QPlainTextEdit::cursorPositionChanged, this, &TextView::cursorMoved);
    connect(&store, &DocumentStore::changed, this, &TextView::takeDocument);
    connect(&store, &DocumentStore::checked, this, &TextView::markProblems);
    connect(&store, &DocumentStore::selectionChanged, this, &TextView::selectionFromOutside);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &TextView::markProblems);
    takeDocument();
}

TextView::~TextView() = default;

QList<QString> TextView::editorLines() const {
    // toPlainText() turns no-break spaces into blanks; the raw text keeps them.
    return editor_->document()->toRawText().split(QChar::ParagraphSeparator);
}

void TextView::takeDocument() {
    if (!isVisible()) return; // caught up with when shown
    map_ = TextMap(store_.document().text());
    if (map_.lines() != editorLines()) replaceInEditor(map_.lines());
    // A character that the editor takes for a line end would come back changed: such a text is only looked at.
    const bool faithful = map_.lines() == editorLines();
    editor_->setReadOnly(!faithful || store_.readOnly());
    notice_->setText(!faithful           ? tr("This file holds characters that cannot be edited as text here.")
                     : store_.readOnly() ? tr("This file was made by a newer Millrace and cannot be changed.")
                                         : QString());
    notice_->setVisible(!notice_->text().isEmpty());
    markProblems();
}

void TextView::replaceInEditor(const QList<QString>& wanted) {
    const QList<QString> present = editorLines();
    qsizetype head = 0, tail = 0;
    const qsizetype most = qMin(present.size(), wanted.size());
    while (head < most && present[head] == wanted[head])
        ++head;
    while (tail < most - head && present[present.size() - 1 - tail] == wanted[wanted.size() - 1 - tail])
        ++tail;
    if (head + tail >= most && head > 0)
        --head;
    else if (head + tail >= most && tail > 0)
        --tail;
    taking_ = true;
    const QTextBlock last = editor_->document()->findBlockByNumber(static_cast<int>(present.size() - 1 - tail));
    QTextCursor cursor(editor_->document()->findBlockByNumber(static_cast<int>(head)));
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
    cursor.insertText(wanted.mid(head, wanted.size() - head - tail).join(QLatin1Char('\n')));
    taking_ = false;
}

void TextView::typed() {
    if (taking_) return;
    const topology::Edit edit = map_.editTo(editorLines(), store_.document().style().lineEnd);
    if (edit.empty()) return;
    if (!pause_.isActive()) mergeId_ = newMergeId();
    pause_.start();
    store_.push(edit, tr("Edit text"), mergeId_);
    takeDocument();
}

void TextView::cursorMoved() {
    if (taking_ || selecting_ || !editor_->hasFocus()) return;
    const int line = editor_->textCursor().blockNumber();
    const std::size_t begin = map_.offsetOf({line, 0});
    const std::size_t end = map_.offsetOf({line, static_cast<int>(editor_->textCursor().block().length())});
    const topology::Node* node = nodeAt(store_.graph(), begin, end);
    selecting_ = true;
    if (node) store_.select({QString::fromStdString(node->id)});
    selecting_ = false;
}

void TextView::selectionFromOutside() {
    if (selecting_ || editor_->hasFocus() || !isVisible()) return;
    const topology::Node* node = store_.selectedNode();
    if (node) showPlace(QString::fromStdString(node->id), {});
}

void TextView::showPlace(const QString& id, const QString& property) {
    const topology::Node* node = store_.graph().find(id.toStdString());
    if (!node || node->properties.empty()) return;
    const topology::Property* at = node->property(property.toStdString());
    const std::size_t offset = (at ? *at : node->properties.front()).keyRange.begin;
    const TextMap::Place place = map_.placeOf(offset);
    selecting_ = true;
    QTextCursor cursor(editor_->document()->findBlockByNumber(place.line));
    editor_->setTextCursor(cursor);
    editor_->centerCursor();
    selecting_ = false;
}

void TextView::markProblems() {
    if (!store_.isChecked() || !isVisible()) return; // the marks of what was known move with the text
    QMap<int, MarginEditor::Mark> marks;
    QList<QTextEdit::ExtraSelection> underlines;
    const look::Colours& c = look::colours();
    for (const topology::Diagnostic& one : store_.diagnostics()) {
        const TextMap::Place from = map_.placeOf(one.range.begin), to = map_.placeOf(one.range.end);
        auto& mark = marks[qMax(0, one.line - 1)];
        mark.error |= one.severity == topology::Severity::error;
        mark.text += (mark.text.isEmpty() ? QString() : QStringLiteral("\n")) + messageOf(one);
        if (one.range.size() == 0) continue;
        QTextEdit::ExtraSelection underline;
        underline.cursor = QTextCursor(editor_->document()->findBlockByNumber(from.line));
        underline.cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, from.column);
        const QTextBlock last = editor_->document()->findBlockByNumber(to.line);
        underline.cursor.setPosition(last.position() + qMin(to.column, last.length() - 1), QTextCursor::KeepAnchor);
        underline.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        underline.format.setUnderlineColor(one.severity == topology::Severity::error ? c.fail : c.wait);
        underlines.append(underline);
    }
    editor_->setMarks(marks);
    editor_->setExtraSelections(underlines);
}

bool TextView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) return completeKey(static_cast<QKeyEvent*>(event));
    if (event->type() == QEvent::ShortcutOverride) {
        // The editor would keep undo to itself, though it has none.
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    if (event->type() == QEvent::MouseButtonPress && watched == completer_->popup() &&
        leftByClick(static_cast<QMouseEvent*>(event)->globalPosition().toPoint()))
        return true;
    if (event->type() == QEvent::FocusOut && watched == editor_) {
        pause_.stop();
        if (static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) completer_->popup()->hide();
    }
    return QWidget::eventFilter(watched, event);
}

/// The open list keeps a click beside it from what was clicked: the keyboard goes there all the same.
bool TextView::leftByClick(const QPoint& place) {
    QWidget* popup = completer_->popup();
    if (popup->rect().contains(popup->mapFromGlobal(place))) return false;
    popup->hide();
    QWidget* under = QApplication::widgetAt(place);
    while (under && (under->focusPolicy() & Qt::ClickFocus) == 0)
        under = under->parentWidget();
    if (under) under->setFocus(Qt::MouseFocusReason);
    return true;
}

bool TextView::completeKey(QKeyEvent* event) {
    const bool open = completer_->popup()->isVisible();
    if (open && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Tab)) {
        const QModelIndex current = completer_->popup()->currentIndex();
        const QString word = current.isValid() ? current.data().toString() : completer_->currentCompletion();
        completer_->popup()->hide();
        // What is typed in full is not completed any more: the key means itself.
        const QString typed = typedWord();
        if (word == typed || words_->stringList().contains(typed)) return false;
        insertCompletion(word);
        return true;
    }
    if (event->key() == Qt::Key_Space && event->modifiers().testFlag(Qt::ControlModifier)) {
        offerCompletions(true);
        return true;
    }
    const bool letter = !event->text().isEmpty() && event->text()[0].isPrint() && !event->text()[0].isSpace();
    const bool erases = open && event->key() == Qt::Key_Backspace;
    if (letter || erases)
        QTimer::singleShot(0, this, [this] { offerCompletions(false); });
    else if (open && event->key() != Qt::Key_Up && event->key() != Qt::Key_Down)
        completer_->popup()->hide();
    return false;
}

void TextView::offerCompletions(bool asked) {
    const QTextCursor cursor = editor_->textCursor();
    if (!editor_->hasFocus() || editor_->isReadOnly() || cursor.hasSelection()) return;
    const Completions found = completionsAt(store_.document(), cursor.block().text(), cursor.positionInBlock());
    completeFrom_ = found.from;
    const QString typed = typedWord();
    words_->setStringList(found.words);
    completer_->setCompletionPrefix(typed);
    const bool done = completer_->completionCount() == 0 ||
                      (completer_->completionCount() == 1 && completer_->currentCompletion() == typed);
    if (done || (!asked && typed.size() < kLeastTyped)) {
        completer_->popup()->hide();
        return;
    }
    QRect place = editor_->cursorRect();
    place.setWidth(completer_->popup()->sizeHintForColumn(0) + 32);
    completer_->complete(place);
    completer_->popup()->setCurrentIndex(completer_->completionModel()->index(0, 0));
}

QString TextView::typedWord() const {
    const QTextCursor cursor = editor_->textCursor();
    return cursor.block().text().mid(completeFrom_, cursor.positionInBlock() - completeFrom_);
}

void TextView::insertCompletion(const QString& word) {
    if (word.isEmpty()) return;
    QTextCursor cursor = editor_->textCursor();
    cursor.setPosition(cursor.block().position() + completeFrom_, QTextCursor::KeepAnchor);
    cursor.insertText(word);
    editor_->setTextCursor(cursor);
}

void TextView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    takeDocument();
    selectionFromOutside();
}

void TextView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) takeDocument();
}

} // namespace millrace::studio
