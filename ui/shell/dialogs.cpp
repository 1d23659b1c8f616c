#include "shell/dialogs.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace millrace::studio {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Dialogs)
};

QString filters() {
    return Texts::tr("Flume properties (*.conf *.properties);;All files (*)");
}

/// In the home folder where the suggested one is not there.
QString placed(const QString& suggestion) {
    const QFileInfo file(suggestion);
    return file.dir().exists() ? suggestion : QDir::home().filePath(file.fileName());
}

class DesktopDialogs final : public Dialogs {
public:
    int ask(QWidget* parent, const Question& question) override {
        QMessageBox box(parent);
        box.setWindowTitle(question.title);
        box.setText(question.text);
        box.setInformativeText(question.details.join(QLatin1Char('\n')));
        QList<QPushButton*> buttons;
        for (qsizetype i = 0; i < question.answers.size(); ++i) {
            const bool last = i + 1 == question.answers.size();
            buttons.append(
                box.addButton(question.answers[i], last ? QMessageBox::RejectRole : QMessageBox::AcceptRole));
        }
        buttons.front()->setProperty("look", "primary");
        box.setDefaultButton(buttons.front());
        box.setEscapeButton(buttons.back());
        box.exec();
        const auto index = buttons.indexOf(static_cast<QPushButton*>(box.clickedButton()));
        return static_cast<int>(index < 0 ? buttons.size() - 1 : index);
    }
    QString fileToOpen(QWidget* parent, const QString& directory) override {
        return QFileDialog::getOpenFileName(parent, Texts::tr("Open a topology"), directory, filters());
    }
    QString fileToSave(QWidget* parent, const QString& suggestion) override {
        return QFileDialog::getSaveFileName(parent, Texts::tr("Save the topology"), placed(suggestion), filters());
    }
    QString pictureToSave(QWidget* parent, const QString& suggestion) override {
        const QString svg = Texts::tr("SVG picture (*.svg)"), png = Texts::tr("PNG picture (*.png)");
        QFileDialog dialog(parent, Texts::tr("Save the picture"), QFileInfo(placed(suggestion)).path());
        dialog.setAcceptMode(QFileDialog::AcceptSave);
        dialog.setNameFilters({svg, png});
        dialog.setDefaultSuffix(QStringLiteral("svg"));
        dialog.selectFile(QFileInfo(suggestion).fileName());
        QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog, svg](const QString& filter) {
            dialog.setDefaultSuffix(filter == svg ? QStringLiteral("svg") : QStringLiteral("png"));
            if (const QString file = dialog.selectedFiles().value(0); !file.isEmpty() && !QFileInfo(file).isDir())
                dialog.selectFile(QFileInfo(file).completeBaseName() + QLatin1Char('.') + dialog.defaultSuffix());
        });
        return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
    }
    void tell(QWidget* parent, const QString& title, const QString& text) override {
        QMessageBox::warning(parent, title, text);
    }
    void openFolder(const QString& path) override { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }
};

} // namespace

Dialogs& desktopDialogs() {
    static DesktopDialogs dialogs;
    return dialogs;
}

} // namespace millrace::studio
