#pragma once

#include "inspector/value_editor.h"

class QComboBox;
class QMenu;
class QPushButton;

namespace millrace::studio {

class SwitchButton;

class SwitchEditor final : public ValueEditor {
    Q_OBJECT
public:
    explicit SwitchEditor(QWidget* parent);
    void setField(const FormField& field) override;

private:
    SwitchButton* switch_;
};

/// A combo box; its first row is the default when there is one, which takes the value out of the file.
class ChoiceEditor final : public ValueEditor {
    Q_OBJECT
public:
    enum class Kind {
        fixed, ///< only the choices
        open,  ///< anything may be typed, the choices are offered
    };
    ChoiceEditor(const QStringList& choices, Kind kind, QWidget* parent);
    void setField(const FormField& field) override;
    void setInvalid(bool invalid) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QComboBox* combo_;
    QStringList choices_;
    Kind kind_;
};

/// Several names out of those that there are, as a menu of check marks; the order of choosing is the order in the file.
class ListEditor final : public ValueEditor {
    Q_OBJECT
public:
    ListEditor(const Offer& offer, QWidget* parent);
    void setField(const FormField& field) override;
    void setInvalid(bool invalid) override;

private:
    void toggle(const QString& name, bool on);
    void fill(QMenu* menu);

    QPushButton* button_;
    Offer offer_;
    QStringList chosen_;
};

} // namespace millrace::studio
