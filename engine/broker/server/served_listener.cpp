#include "broker/server/served_listener.h"

#include "tls/tls_options.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {

constexpr std::uint64_t kLargestStore = 16 * 1024 * 1024;
constexpr int kLinesPerMinute = 20;

Result<tls::StoreFile> readStore(const TlsSettings::Store& store, std::string_view what, FileSystem& disk) {
    if (!store.pem.empty()) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(store.pem.data());
        return tls::StoreFile{
            fmt::format("the PEM text of {}", what), {bytes, bytes + store.pem.size()}, store.password};
    }
    auto bytes = disk.readAll(store.file, kLargestStore);
    if (!bytes) return bytes.error().in(fmt::format("{}.location", what));
    return tls::StoreFile{store.file, std::move(*bytes), store.password};
}

tls::ClientProof proofOf(const TlsSettings& settings) {
    if (settings.clientAuth == "none") return tls::ClientProof::none;
    return settings.clientAuth == "required" ? tls::ClientProof::required : tls::ClientProof::requested;
}

Result<net::TransportFactory> tlsTransport(const TlsSettings& settings, FileSystem& disk, net::TransportFactory below) {
    if (!settings.keyStore.given())
        return Error{ErrorCode::invalidArgument,
                     "TLS needs a key and its certificate: set ssl.keystore.location and ssl.keystore.password, or "
                     "ssl.keystore.certificate.chain and ssl.keystore.key"};
    tls::ServerOptions options;
    auto keys = readStore(settings.keyStore, "ssl.keystore", disk);
    if (!keys) return keys.error();
    options.keyStore = std::move(*keys);
    options.keyStore.keyPassword = settings.keyPassword;
    options.proof = proofOf(settings);
    if (settings.trustStore.given()) {
        auto trusted = readStore(settings.trustStore, "ssl.truststore", disk);
        if (!trusted) return trusted.error();
        options.trustStore = std::move(*trusted);
    } else if (options.proof != tls::ClientProof::none) {
        return Error{ErrorCode::invalidArgument,
                     fmt::format("with ssl.client.auth = {} no client could prove who it is: set "
                                 "ssl.truststore.location, or ssl.truststore.certificates",
                                 settings.clientAuth)};
    }
    options.allowed.includedProtocols = settings.protocols;
    options.allowed.includedCiphers = settings.cipherSuites;
    return tls::serverTransport(options, std::move(below));
}

} // namespace

Result<std::unique_ptr<ServedListener>> ServedListener::open(const ListenerSettings& settings, Context& context,
                                                             net::TransportFactory below) {
    const std::string place = fmt::format("listener {}", settings.name);
    auto principals = PrincipalRules::parse(settings.principalRules);
    if (!principals) return principals.error().in(place);
    if (usesTls(settings.protocol)) {
        auto transport = tlsTransport(settings.tls, context.disk, std::move(below));
        if (!transport) return transport.error().in(place);
        below = std::move(*transport);
    }
    const net::MinuteLog log(&context.log, "", kLinesPerMinute);
    std::optional<SaslListener> sasl;
    if (usesSasl(settings.protocol)) sasl.emplace(SaslListener{settings, *context.scramUsers, log});
    return std::unique_ptr<ServedListener>(
        new ServedListener{settings, std::move(*principals), std::move(below), log, std::move(sasl)});
}

} // namespace millrace::broker
