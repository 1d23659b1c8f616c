#include "inspector/margin_editor.h"

#include "look/icons.h"
#include "look/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

namespace millrace::studio {

/// The strip at the left; all it knows is in the editor.
class EditorMargin : public QWidget {
public:
    explicit EditorMargin(MarginEditor* editor) : QWidget(editor), editor_(editor) {}

protected:
    void paintEvent(QPaintEvent* event) override { editor_->paintMargin(event); }
    void wheelEvent(QWheelEvent* event) override { QCoreApplication::sendEvent(editor_->verticalScrollBar(), event); }
    bool event(QEvent* event) override {
        if (event->type() != QEvent::ToolTip) return QWidget::event(event);
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto mark = editor_->marks_.find(editor_->lineAt(help->pos().y()));
        if (mark == editor_->marks_.end())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), mark->text, this);
        return true;
    }

private:
    MarginEditor* editor_;
};

MarginEditor::MarginEditor(QWidget* parent) : QPlainTextEdit(parent), margin_(new EditorMargin(this)) {
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setFont(look::fixedFont());
    connect(this, &QPlainTextEdit::blockCountChanged, this, &MarginEditor::placeMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int scrolled) {
        if (scrolled)
            margin_->scroll(0, scrolled);
        else
            margin_->update(0, area.y(), margin_->width(), area.height());
    });
    placeMargin();
}

void MarginEditor::setMarks(const QMap<int, Mark>& marks) {
    marks_ = marks;
    margin_->update();
}

int MarginEditor::marginWidth() const {
    const qsizetype digits = qMax<qsizetype>(2, QString::number(blockCount()).size());
    return 28 + static_cast<int>(digits) * fontMetrics().horizontalAdvance(QLatin1Char('9'));
}

void MarginEditor::placeMargin() {
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    margin_->setGeometry(inside.left(), inside.top(), marginWidth(), inside.height());
}

void MarginEditor::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

void MarginEditor::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) placeMargin();
}

int MarginEditor::lineAt(int y) const {
    return cursorForPosition(QPoint(0, y)).blockNumber();
}

void MarginEditor::paintMargin(QPaintEvent* event) {
    const look::Colours& c = look::colours();
    QPainter painter(margin_);
    painter.fillRect(event->rect(), c.panel);
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF line = blockBoundingGeometry(block).translated(contentOffset());
        if (line.top() > event->rect().bottom()) break;
        const int number = block.blockNumber();
        painter.setPen(number == textCursor().blockNumber() ? c.second : c.faint);
        painter.drawText(QRectF(0, line.top(), margin_->width() - 10, fontMetrics().height()), Qt::AlignRight,
                         QString::number(number + 1));
        if (const auto mark = marks_.find(number); mark != marks_.end())
            look::paintGlyph(painter, mark->error ? look::Glyph::invalid : look::Glyph::warning,
                             QRectF(3, line.top() + 1, 14, 14), mark->error ? c.fail : c.wait);
    }
}

} // namespace millrace::studio
