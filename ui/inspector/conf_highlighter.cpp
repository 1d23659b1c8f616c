#include "inspector/conf_highlighter.h"

#include "look/theme.h"

namespace millrace::studio {

namespace {

enum BlockState { plain = 0, continued = 1 };

bool continues(const QString& text) {
    qsizetype slashes = 0;
    while (slashes < text.size() && text[text.size() - 1 - slashes] == QLatin1Char('\\'))
        ++slashes;
    return slashes % 2 == 1;
}

QTextCharFormat coloured(const QColor& colour) {
    QTextCharFormat format;
    format.setForeground(colour);
    return format;
}

} // namespace

ConfHighlighter::ConfHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {
    takeColours();
    connect(&look::Theme::instance(), &look::Theme::changed, this, [this] {
        takeColours();
        rehighlight();
    });
}

void ConfHighlighter::takeColours() {
    const look::Colours& c = look::colours();
    comment_ = coloured(c.second);
    comment_.setFontItalic(true);
    ours_ = coloured(c.topic);
    key_ = coloured(c.second);
    punctuation_ = coloured(c.faint);
    value_ = coloured(c.text);
    escape_ = coloured(c.waitText);
    source_ = coloured(c.source);
    channel_ = coloured(c.channel);
    sink_ = coloured(c.sink);
}

void ConfHighlighter::highlightBlock(const QString& text) {
    setCurrentBlockState(plain);
    if (previousBlockState() == continued) {
        colourValue(text, 0);
        return;
    }
    qsizetype first = 0;
    while (first < text.size() && text[first].isSpace())
        ++first;
    if (first == text.size()) return;
    qsizetype keyFrom = first;
    if (text[first] == QLatin1Char('#') || text[first] == QLatin1Char('!')) {
        const bool ours = QStringView(text).mid(first).startsWith(u"#@ ");
        if (!ours) {
            setFormat(0, static_cast<int>(text.size()), comment_);
            return;
        }
        setFormat(static_cast<int>(first), 2, ours_);
        keyFrom = first + 3;
    }
    qsizetype end = keyFrom;
    while (end < text.size() && text[end] != QLatin1Char('=') && text[end] != QLatin1Char(':'))
        end += text[end] == QLatin1Char('\\') ? 2 : 1;
    end = qMin(end, text.size());
    colourKey(text, keyFrom, end);
    if (keyFrom != first) setFormat(static_cast<int>(keyFrom), static_cast<int>(end - keyFrom), ours_);
    if (end < text.size()) setFormat(static_cast<int>(end), 1, punctuation_);
    colourValue(text, end + 1);
}

void ConfHighlighter::colourKey(const QString& text, qsizetype from, qsizetype to) {
    setFormat(static_cast<int>(from), static_cast<int>(to - from), key_);
    const QStringList parts = text.mid(from, to - from).split(QLatin1Char('.'));
    if (parts.size() < 3) return;
    const QTextCharFormat* role = nullptr;
    if (parts[1] == QLatin1String("sources"))
        role = &source_;
    else if (parts[1] == QLatin1String("channels"))
        role = &channel_;
    else if (parts[1] == QLatin1String("sinks") || parts[1] == QLatin1String("sinkgroups"))
        role = &sink_;
    if (!role) return;
    const qsizetype name = from + parts[0].size() + parts[1].size() + 2;
    setFormat(static_cast<int>(name), static_cast<int>(parts[2].trimmed().size()), *role);
}

void ConfHighlighter::colourValue(const QString& text, qsizetype from) {
    if (continues(text)) setCurrentBlockState(continued);
    if (from >= text.size()) return;
    setFormat(static_cast<int>(from), static_cast<int>(text.size() - from), value_);
    for (qsizetype i = from; i + 1 < text.size(); ++i) {
        if (text[i] != QLatin1Char('\\')) continue;
        setFormat(static_cast<int>(i), text[i + 1] == QLatin1Char('u') ? 6 : 2, escape_);
        ++i;
    }
}

} // namespace millrace::studio
