#pragma once

#include "inspector/form_model.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace millrace::studio {

/// Adds a property whose name the user chooses: "kafka.producer." and a field for the rest.
class AddPropertyRow : public QWidget {
    Q_OBJECT
public:
    AddPropertyRow(const PatternGroup& group, QWidget* parent);

signals:
    void wanted(const QString& key);

private:
    void add();
    QString key() const;

    QString pattern_, prefix_;
    QLineEdit* rest_;
    QPushButton* button_;
};

} // namespace millrace::studio
