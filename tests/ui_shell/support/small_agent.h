#pragma once

#include "session/answer.h"

#include <QLineEdit>
#include <QtTest>

namespace millrace::test {

/// A small agent as a file of another system might hold it.
inline const char* const kAgent = "# mine\r\n"
                                  "a.sources = in\r\n"
                                  "a.channels = c\r\n"
                                  "a.sinks = out\r\n"
                                  "a.sources.in.type = netcat\r\n"
                                  "a.sources.in.bind = 127.0.0.1\r\n"
                                  "a.sources.in.port = 44444\r\n"
                                  "a.sources.in.channels = c\r\n"
                                  "a.channels.c.type = memory\r\n"
                                  "a.channels.c.capacity = 1000\r\n"
                                  "a.sinks.out.type = logger\r\n"
                                  "a.sinks.out.channel = c";

inline void type(QLineEdit* line, const char* text) {
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

inline session::Issue portTaken() {
    session::Issue issue;
    issue.severity = "error";
    issue.code = "port-taken";
    issue.arguments = {"127.0.0.1:44444", "127.0.0.1:54444"};
    issue.node = "a/sources/in";
    issue.message = "Port 44444 is taken";
    issue.takenAddress = "127.0.0.1:44444";
    issue.freeAddress = "127.0.0.1:54444";
    return issue;
}

} // namespace millrace::test
