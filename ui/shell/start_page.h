#pragma once

#include "shell/recovery.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace millrace::studio {

class AppSettings;
class ExampleCard;

/// What is seen when no document is open: new, open, recent files at the left, the examples at the right.
class StartPage : public QWidget {
    Q_OBJECT
public:
    StartPage(AppSettings& settings, QWidget* parent = nullptr);
    /// Reads the recent files again.
    void refresh();
    void focusFirst();
    /// Unsaved documents of an earlier studio, each to be recovered or discarded.
    void setLeftovers(const QList<Recovered>& leftovers);
    /// Where the window puts its menus of language and theme.
    QVBoxLayout* footer() { return footer_; }

signals:
    void newWanted();
    void openWanted();
    void recentWanted(const QString& path);
    void exampleWanted(const QString& name);
    void recoverWanted(const QString& file);
    void discardWanted(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeSide();
    QWidget* makeGallery();
    void translate();
    void showLeftovers();

    AppSettings& settings_;
    QLabel *motto_, *recentCaption_, *galleryTitle_, *galleryText_;
    QPushButton *new_, *open_;
    QVBoxLayout *leftoverRows_, *recent_, *footer_;
    QList<Recovered> leftovers_;
    QList<ExampleCard*> cards_;
};

} // namespace millrace::studio
