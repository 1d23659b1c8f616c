#pragma once

#include "inspector/form_model.h"
#include "inspector/value_editor.h"

#include <QHash>
#include <QSet>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace millrace::topology {
struct Edit;
struct FixIt;
struct Diagnostic;
} // namespace millrace::topology

namespace millrace::studio {

class DocumentStore;
class PropertyField;
class RunController;

/// The properties of the selected nodes as a form out of the catalog. Typing applies at once; what is typed in one
/// field until it is left is one undo step.
class PropertyForm : public QWidget {
    Q_OBJECT
public:
    PropertyForm(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

    /// Unfolds and scrolls to the field of a key and puts the cursor there; false when the form has none.
    bool showField(const QString& key);
    PropertyField* fieldOf(const QString& key) const { return fields_.value(key); }

public slots:
    /// Takes over selection and document again.
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild(const FormModel& model);
    void dropBody();
    void addFields(const QList<FormField>& fields);
    void addPattern(const PatternGroup& group);
    void addCaption(const QString& text);
    PropertyField* addField(const FormField& field);
    void setValue(const QString& key, const QString& value);
    void unset(const QString& key);
    void fieldLeft();
    void addPending(FormModel& model);
    void applyFix(const QString& nodeId, const QString& key, const topology::FixIt& fixIt);
    void mend(const QString& key, const topology::FixIt& fixIt);
    void showProblems();
    void showFacts();
    void nameFilter();
    void filter();
    QList<const topology::Node*> nodes() const;
    /// The same change for each selected node as one edit; `make` may refuse.
    template <typename Make>
    void pushForAll(Make make, const QString& label, int mergeId);

    DocumentStore& store_;
    RunController& run_;
    QLineEdit* filter_;
    QScrollArea* scroll_;
    QWidget* body_ = nullptr;
    QVBoxLayout* column_ = nullptr;
    QPushButton* moreButton_ = nullptr;
    QLabel* nodeProblems_ = nullptr;
    QHash<QString, PropertyField*> fields_;
    QString layoutKey_;     ///< what the form consists of; the same key needs no rebuilding
    QSet<QString> pending_; ///< added by name, without a value yet
    QString pendingFor_;
    bool moreShown_ = false;
    int mergeId_ = 0; ///< one for each stay in a field
};

} // namespace millrace::studio
