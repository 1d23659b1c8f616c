#pragma once

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

namespace millrace::studio {

/// Colours a properties file: comments, `#@` lines, keys with the component's part in its role's colour, values,
/// escapes.
class ConfHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit ConfHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;

private:
    void takeColours();
    void colourKey(const QString& text, qsizetype from, qsizetype to);
    void colourValue(const QString& text, qsizetype from);

    QTextCharFormat comment_, ours_, key_, punctuation_, value_, escape_, source_, channel_, sink_;
};

} // namespace millrace::studio
