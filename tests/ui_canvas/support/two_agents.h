#pragma once

#include <QSet>
#include <QString>

#include <initializer_list>

namespace millrace::test {

/// Two agents; positions are written so that moves change as little text as possible.
inline const char* const kText = R"(#@ version = 1
#@ at.agent.a.sources.in = 200 200
#@ at.agent.a.channels.c = 440 200
#@ at.agent.a.sinks.out = 680 200
#@ at.agent.b.sources.next = 200 440
a.sources = in
a.channels = c
a.sinks = out
a.sources.in.type = netcat
a.sources.in.bind = 127.0.0.1
a.sources.in.port = 4141
a.sources.in.channels = c
a.channels.c.type = memory
a.sinks.out.type = logger
a.sinks.out.channel = c
b.sources = next
b.sources.next.type = seq
)";

inline QSet<QString> ids(std::initializer_list<const char*> names) {
    QSet<QString> set;
    for (const char* name : names) set.insert(QString::fromLatin1(name));
    return set;
}

} // namespace millrace::test
