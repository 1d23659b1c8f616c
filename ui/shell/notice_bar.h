#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>

class QLabel;
class QHBoxLayout;
class QToolButton;

namespace millrace::studio {

/// A line above the canvas that tells something and offers what to do about it, without stopping anybody's work. A
/// newer notice takes the place of the older.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    struct Offer {
        QString text;
        std::function<void()> act;
    };
    /// What a notice speaks of: by that it is taken back, never by its words.
    enum class About { run, refusal, disk, leftovers, command };
    enum class Tone { calm, error };
    explicit NoticeBar(QWidget* parent = nullptr);
    void tell(About about, const QString& text, const QList<Offer>& offers = {}, Tone tone = Tone::calm);
    /// Hides the notice if that is what it speaks of.
    void withdraw(About about);
    bool tells(About about) const { return !isHidden() && about_ == about; }
    QString text() const;
    Tone tone() const { return tone_; }
    /// Who gets the keyboard when a button of the bar goes while it has it; null = whoever is next in the window.
    /// Not owned.
    void setHeir(QWidget* heir) { heir_ = heir; }
    void setVisible(bool visible) override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void translate();
    /// In a low window one line, shortened, so that the drawing keeps its room; else all lines.
    void fitText();
    void passFocusOn();
    void setTone(Tone tone);

    QPointer<QWidget> heir_;
    QString text_;
    About about_ = About::command;
    Tone tone_ = Tone::calm;
    QLabel *glyph_, *label_;
    QToolButton* close_;
    QHBoxLayout* offers_;
};

} // namespace millrace::studio
