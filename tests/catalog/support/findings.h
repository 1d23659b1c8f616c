#pragma once

#include "catalog/component_spec.h"

#include <QtTest>

#include <vector>

namespace millrace::catalog::test {

/// "port = 1 | bind = x", values may be empty.
inline Properties parse(const QString& text) {
    Properties properties;
    for (const QString& pair : text.split(" | ", Qt::SkipEmptyParts)) {
        const auto equals = pair.indexOf('=');
        properties[pair.left(equals).trimmed().toStdString()] = pair.mid(equals + 1).trimmed().toStdString();
    }
    return properties;
}

inline QString effectName(Finding::Effect effect) {
    switch (effect) {
    case Finding::Effect::componentRemoved:
        return "removed";
    case Finding::Effect::agentFails:
        return "agent fails";
    case Finding::Effect::warning:
        return "warning";
    case Finding::Effect::information:
        return "information";
    }
    return {};
}

/// One line a finding: "removed port: message [suggestion]".
inline QString print(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings) {
        QString line = effectName(finding.effect) + ' ' + QString::fromStdString(finding.property) + ": " +
                       QString::fromStdString(finding.message);
        if (!finding.suggestion.empty()) line += " [" + QString::fromStdString(finding.suggestion) + ']';
        lines << line;
    }
    return lines.join('\n');
}

/// Of a test whose rows are a type, its properties and what is found.
inline void addColumns() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("properties");
    QTest::addColumn<QString>("findings");
}
inline void compare(ComponentKind kind) {
    QFETCH(QString, type);
    QFETCH(QString, properties);
    QFETCH(QString, findings);
    const ComponentSpec* spec = flumeCatalog().find(kind, type.toStdString());
    QVERIFY(spec != nullptr);
    QCOMPARE(print(checkProperties(*spec, parse(properties))), findings);
}

} // namespace millrace::catalog::test
