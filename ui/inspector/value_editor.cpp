#include "inspector/value_editor.h"

#include "inspector/choice_editors.h"
#include "inspector/line_editor.h"

namespace millrace::studio {

ValueEditor* makeValueEditor(const FormField& field, const Offer& offer, QWidget* parent) {
    const catalog::PropertySpec* spec = field.spec;
    if (offer.several) return new ListEditor(offer, parent);
    if (spec && spec->type == catalog::PropertyType::boolean) return new SwitchEditor(parent);
    QStringList choices = offer.names;
    if (spec)
        for (const std::string_view choice : spec->choices)
            choices.append(QString::fromUtf8(choice));
    if (spec && spec->type == catalog::PropertyType::choice && !choices.isEmpty())
        return new ChoiceEditor(choices, ChoiceEditor::Kind::fixed, parent);
    if (!choices.isEmpty()) return new ChoiceEditor(choices, ChoiceEditor::Kind::open, parent);
    return new LineEditor(spec, parent);
}

} // namespace millrace::studio
