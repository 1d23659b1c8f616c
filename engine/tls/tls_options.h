#pragma once

#include "net/transport.h"
#include "tls/store_file.h"

#include <optional>
#include <string>
#include <vector>

namespace millrace::tls {

/// What may be agreed upon, by Java's names ("TLSv1.2", "TLS_AES_128_GCM_SHA256"), as Flume and Kafka write them: of
/// what OpenSSL offers, the included (empty = all) without the excluded. A name that nobody knows is passed over when
/// excluded and an error when it is the only thing included.
struct Allowed {
    std::vector<std::string> includedProtocols;
    std::vector<std::string> excludedProtocols;
    std::vector<std::string> includedCiphers;
    std::vector<std::string> excludedCiphers;
};

enum class ClientProof { none, requested, required }; ///< ssl.client.auth

struct ServerOptions {
    StoreFile keyStore; ///< must hold a key
    std::optional<StoreFile> trustStore;
    ClientProof proof = ClientProof::none;
    Allowed allowed;
};

struct ClientOptions {
    std::optional<StoreFile> trustStore; ///< nothing = the system's
    std::optional<StoreFile> keyStore;   ///< who we are, if a server asks
    bool trustsAll = false;              ///< takes any certificate
    std::string host;                    ///< the certificate must be for it; empty = for anybody
    Allowed allowed;
};

/// A transport that speaks TLS 1.2 or 1.3 (RFC 5246, 8446) over `below`, the socket itself when that is empty.
/// peerIdentity() is the subject of a proven certificate as RFC 2253 writes it, which is how Kafka names principals:
/// "CN=etl,O=Example". What is wrong with a store, its password or the lists is told here, not at the first connection.
/// The factory may be used on any thread and outlives what it was made from.
Result<net::TransportFactory> serverTransport(const ServerOptions& options, net::TransportFactory below = {});
Result<net::TransportFactory> clientTransport(const ClientOptions& options, net::TransportFactory below = {});

} // namespace millrace::tls
