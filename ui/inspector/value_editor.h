#pragma once

#include "inspector/form_model.h"

#include <QStringList>
#include <QWidget>

namespace millrace::studio {

/// Edits one value as text of the file. setField() shows what counts now and tells nobody; a user's change is edited(),
/// and left() says that the user is done with it.
class ValueEditor : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void setField(const FormField& field) = 0;
    virtual void setInvalid(bool) {}
    virtual void setReadOnly(bool readOnly) { setDisabled(readOnly); }

signals:
    void edited(const QString& value);
    void left();
    void entered();
};

/// Names that a value may be chosen from: `choices` offered, or for `several` a list of them. What is not offered can
/// be typed all the same, except in a list.
struct Offer {
    QStringList names;
    bool several = false;
    QChar separator = QLatin1Char(' ');
};

/// The editor that fits a property: switch, choice, list of channels, else a line.
ValueEditor* makeValueEditor(const FormField& field, const Offer& offer, QWidget* parent);

} // namespace millrace::studio
