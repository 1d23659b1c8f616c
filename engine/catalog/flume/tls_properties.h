#pragma once

#include "catalog/flume/shared_values.h"
#include "catalog/join.h"

/// TLS at both ends of a connection.
namespace millrace::catalog {

/// Sources that listen with TLS (org.apache.flume.source.SslContextAwareAbstractSource).
inline constexpr auto kTlsServer = std::to_array<PropertySpec>({
    {.name = "ssl",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Encrypts connections with TLS, for which a keystore and its password are needed."},
    {.name = "keystore",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Java keystore that holds the certificate and private key of this server."},
    {.name = "keystore-password",
     .type = PropertyType::password,
     .level = PropertyLevel::expert,
     .help = "Password of the keystore."},
    {.name = "keystore-type",
     .type = PropertyType::choice,
     .defaultValue = "JKS",
     .choices = kKeystoreTypes,
     .level = PropertyLevel::expert,
     .help = "Format of the keystore file."},
    {.name = "exclude-protocols",
     .type = PropertyType::list,
     .defaultValue = "SSLv3",
     .level = PropertyLevel::expert,
     .help = "TLS protocol versions that are never accepted, in addition to SSLv3, separated by blanks."},
    {.name = "include-protocols",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only TLS protocol versions that are accepted, separated by blanks, where nothing means all."},
    {.name = "exclude-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Cipher suites that are never accepted, separated by blanks."},
    {.name = "include-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only cipher suites that are accepted, separated by blanks, where nothing means all."},
});

/// Clients that connect with TLS (org.apache.flume.util.SSLUtil).
inline constexpr auto kTlsClient = std::to_array<PropertySpec>({
    {.name = "ssl",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Encrypts the connection to the next hop with TLS."},
    {.name = "truststore",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Java truststore with the certificates that the next hop may present."},
    {.name = "truststore-password",
     .type = PropertyType::password,
     .level = PropertyLevel::expert,
     .help = "Password of the truststore, without which its integrity is not checked."},
    {.name = "truststore-type",
     .type = PropertyType::choice,
     .defaultValue = "JKS",
     .choices = kKeystoreTypes,
     .level = PropertyLevel::expert,
     .help = "Format of the truststore file."},
    {.name = "exclude-protocols",
     .type = PropertyType::list,
     .defaultValue = "SSLv3",
     .level = PropertyLevel::expert,
     .help = "TLS protocol versions that are never used, in addition to SSLv3, separated by blanks."},
    {.name = "include-protocols",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only TLS protocol versions that may be used, separated by blanks."},
    {.name = "exclude-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Cipher suites that are never used, separated by blanks."},
    {.name = "include-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only cipher suites that may be used, separated by blanks."},
});

/// The Avro client only.
inline constexpr auto kTrustAll = std::to_array<PropertySpec>({
    {.name = "trust-all-certs",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts any certificate of the next hop, which leaves the connection open to impostors."},
});

} // namespace millrace::catalog
