#pragma once

#include "base/result.h"
#include "broker/settings/sasl_settings.h"
#include "broker/settings/topic_configs.h"
#include "net/address.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// How clients talk to a listener (Kafka's SecurityProtocol).
enum class SecurityProtocol { plaintext, ssl, saslPlaintext, saslSsl };
const char* toString(SecurityProtocol protocol);
constexpr bool usesTls(SecurityProtocol protocol) {
    return protocol == SecurityProtocol::ssl || protocol == SecurityProtocol::saslSsl;
}
constexpr bool usesSasl(SecurityProtocol protocol) {
    return protocol == SecurityProtocol::saslPlaintext || protocol == SecurityProtocol::saslSsl;
}

/// What a listener shows to clients and demands of them; files are named here, and read when it starts.
struct TlsSettings {
    struct Store {
        std::string file;
        std::string pem; ///< what stands in the configs themselves in place of a file
        std::string password;
        bool given() const { return !file.empty() || !pem.empty(); }
        bool operator==(const Store&) const = default;
    };
    Store keyStore;
    std::optional<std::string> keyPassword; ///< nothing: that of the store
    Store trustStore;
    std::string clientAuth = "none"; ///< ssl.client.auth
    std::vector<std::string> protocols;
    std::vector<std::string> cipherSuites; ///< none: all
    bool operator==(const TlsSettings&) const = default;
};

/// One address at which clients come in.
struct ListenerSettings {
    std::string name; ///< in capitals, "PLAINTEXT" or one's own
    SecurityProtocol protocol = SecurityProtocol::plaintext;
    net::Address address;
    net::Address advertised; ///< that clients are told; an empty host and port 0: where they have connected to
    TlsSettings tls;
    std::string principalRules; ///< ssl.principal.mapping.rules
    SaslSettings sasl;
    std::size_t maxConnections = 0; ///< by this listener alone
    bool operator==(const ListenerSettings&) const = default;
};

/// By Kafka's rules for listeners, advertised.listeners and listener.security.protocol.map, each with what is set for
/// it alone; those of controllers are left out. Precondition: the configs are settled. Errors: invalidArgument.
Result<std::vector<ListenerSettings>> listenersFrom(const ConfigMap& configs);

/// "listener.name.internal." for INTERNAL: what names of configs begin with that are set for that listener alone.
std::string listenerPrefix(std::string_view listener);
/// The setting behind such a prefix, and behind the name of a mechanism as in
/// "listener.name.internal.plain.sasl.jaas.config"; null when listeners have no such one.
const catalog::KafkaSetting* findListenerConfig(std::string_view name);
/// As "PLAINTEXT://127.0.0.1:9092".
std::string listenerText(std::string_view name, const net::Address& address);

} // namespace millrace::broker
