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
    explicit NoticeBar(QWidget* parent = nullptr);
    void tell(const QString& text, const QList<Offer>& offers = {});
    QString text() const;
    /// Who gets the keyboard when a button of the bar goes while it has it; null = whoever is next in the window.
    /// Not owned.
    void setHeir(QWidget* heir) { heir_ = heir; }
    void setVisible(bool visible) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void translate();
    void passFocusOn();

    QPointer<QWidget> heir_;
    QLabel* label_;
    QToolButton* close_;
    QHBoxLayout* offers_;
};

} // namespace millrace::studio
