#pragma once

#include "tls/tls_options.h"

#include <QFile>

/// Key stores that keytool and openssl made: a certificate for localhost and 127.0.0.1 by a maker of our own ("ca"), a
/// client's by the same, a stranger's by himself; "names" is a maker whose subject has all kinds of parts, by which
/// "nameless" is, which has no subject. Passwords are "changeit", a key's own one is "keysecret".
namespace millrace::tls::testing {

inline StoreFile storeFile(const QString& name, const std::string& password = "changeit") {
    QFile file(QStringLiteral(MILLRACE_SOURCE_DIR "/tests/tls/data/") + name);
    if (!file.open(QIODevice::ReadOnly)) qFatal("%s is missing", qPrintable(name));
    const QByteArray all = file.readAll();
    return {name.toStdString(), {all.begin(), all.end()}, password};
}

inline ServerOptions server() {
    ServerOptions options;
    options.keyStore = storeFile("server.jks");
    return options;
}

inline ClientOptions client() {
    ClientOptions options;
    options.trustStore = storeFile("trust.jks");
    options.host = "localhost";
    return options;
}

} // namespace millrace::tls::testing
