#pragma once

#include "inspector/value_editor.h"
#include "topology/text/diagnostic.h"

class QLabel;
class QVBoxLayout;

namespace millrace::studio {

class DotButton;

/// One property of the form: dot and name above, the editor, a line of help while it has the focus, and its problems
/// with their remedies as buttons.
class PropertyField : public QWidget {
    Q_OBJECT
public:
    PropertyField(const FormField& field, const Offer& offer, QWidget* parent);

    const QString& key() const { return field_.key; }
    const FormField& field() const { return field_; }
    void setField(const FormField& field);
    /// Copies what it needs.
    void setProblems(const std::vector<topology::Diagnostic>& problems);
    /// Live facts about what the value limits; empty = none.
    void setFacts(const QString& facts);
    void setReadOnly(bool readOnly);
    void focusEditor();

signals:
    void edited(const QString& value);
    void left();
    void entered();
    void resetWanted();
    /// `node` is the one whose problem it mends: of several selected ones each may have the same.
    void fixWanted(const QString& node, const topology::FixIt& fixIt);

private:
    void showHelp(bool shown);

    FormField field_;
    DotButton* dot_;
    QLabel *name_, *help_, *facts_;
    ValueEditor* editor_;
    QVBoxLayout* problems_;
    QString shownProblems_; ///< what the problem lines say, so that they are not rebuilt on every key press
};

} // namespace millrace::studio
