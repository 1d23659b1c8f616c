#pragma once

#include "inspector/value_editor.h"

class QLineEdit;

namespace millrace::studio {

/// One line in fixed pitch with the unit at its right end; the default stands in it, grey and italic, while nothing is
/// set.
class LineEditor final : public ValueEditor {
    Q_OBJECT
public:
    /// `spec` may be null.
    LineEditor(const catalog::PropertySpec* spec, QWidget* parent);
    void setField(const FormField& field) override;
    void setInvalid(bool invalid) override;
    void setReadOnly(bool readOnly) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLineEdit* line_;
};

} // namespace millrace::studio
