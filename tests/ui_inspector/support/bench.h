#pragma once

#include "document/document_store.h"
#include "inspector/inspector_panel.h"
#include "inspector/property_field.h"
#include "inspector/property_form.h"
#include "run/run_controller.h"
#include "ui_run/support/fake_session.h"

#include <QLineEdit>

#include <memory>

namespace millrace::test {

inline const char* const kText = "a.sources = in\n"
                          "a.channels = c\n"
                          "a.sinks = out\n"
                          "a.sources.in.type = netcat\n"
                          "a.sources.in.bind = 127.0.0.1\n"
                          "a.sources.in.port = 44444\n"
                          "a.sources.in.channels = c\n"
                          "a.channels.c.type = memory\n"
                          "a.channels.c.capacity = 1000\n"
                          "a.sinks.out.type = logger\n"
                          "a.sinks.out.channel = c\n";

/// An inspector with that document, and a session that runs nothing.
struct Bench {
    Bench() {
        auto owned = std::make_unique<FakeSession>();
        session = owned.get();
        run = std::make_unique<studio::RunController>(store, std::move(owned));
        panel = std::make_unique<studio::InspectorPanel>(store, *run);
        panel->resize(320, 700);
        panel->show();
        store.load(kText, {});
    }
    studio::PropertyField* field(const char* key) { return panel->form()->fieldOf(QLatin1String(key)); }
    QLineEdit* line(const char* key) { return field(key)->findChild<QLineEdit*>(QStringLiteral("value")); }
    QByteArray text() const { return QByteArray::fromStdString(store.document().text()); }

    studio::DocumentStore store;
    FakeSession* session = nullptr;
    std::unique_ptr<studio::RunController> run;
    std::unique_ptr<studio::InspectorPanel> panel;
};

} // namespace millrace::test
