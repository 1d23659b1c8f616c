#pragma once

#include <QMap>
#include <QPlainTextEdit>

namespace millrace::studio {

/// A plain text editor with a margin of line numbers and marks.
class MarginEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    struct Mark {
        bool error = false;
        QString text;
    };
    explicit MarginEditor(QWidget* parent = nullptr);
    /// By line from 0; several problems of a line are one mark.
    void setMarks(const QMap<int, Mark>& marks);
    const QMap<int, Mark>& marks() const { return marks_; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class EditorMargin;
    int marginWidth() const;
    void placeMargin();
    void paintMargin(QPaintEvent* event);
    int lineAt(int y) const;

    QWidget* margin_;
    QMap<int, Mark> marks_;
};

} // namespace millrace::studio
