#include "flume/support/transport_settings.h"

#include "tls/tls_options.h"

namespace millrace::flume {
namespace {

constexpr std::uint64_t kLargestStore = 16 * 1024 * 1024;

tls::Allowed readAllowed(Settings& settings) {
    tls::Allowed allowed;
    allowed.includedProtocols = settings.list("include-protocols");
    allowed.excludedProtocols = settings.list("exclude-protocols");
    allowed.includedCiphers = settings.list("include-cipher-suites");
    allowed.excludedCiphers = settings.list("exclude-cipher-suites");
    return allowed;
}

/// Of the properties `<key>`, `<key>-password` and `<key>-type`; the file's bytes tell its type. Nothing when not set.
Result<std::optional<tls::StoreFile>> readStore(Settings& settings, const std::string& key,
                                                const ComponentServices& services, bool wanted) {
    const auto path = settings.textIfSet(key);
    const auto password = settings.textIfSet(key + "-password");
    (void)settings.text(key + "-type");
    if (!wanted || !path) return std::optional<tls::StoreFile>();
    const std::string name = services.resolve(*path).string();
    auto bytes = services.disk->readAll(name, kLargestStore);
    if (!bytes) return bytes.error().in(settings.who() + ": " + key);
    return std::optional(tls::StoreFile{name, std::move(*bytes), password.value_or("")});
}

Result<net::TransportFactory> named(Result<net::TransportFactory> factory, const Settings& settings, const char* key) {
    if (!factory) return factory.error().in(settings.who() + ": " + key);
    return factory;
}

} // namespace

Result<net::TransportFactory> readServerTransport(Settings& settings, const ComponentServices& services,
                                                  net::TransportFactory below) {
    const bool wanted = settings.flag("ssl");
    auto allowed = readAllowed(settings);
    auto store = readStore(settings, "keystore", services, wanted);
    if (!store) return std::move(store).error();
    if (!wanted) return below;
    if (!*store)
        return Error{ErrorCode::invalidArgument,
                     settings.who() + ": keystore: ssl = true needs one; set keystore and keystore-password", false};
    tls::ServerOptions options;
    options.keyStore = std::move(**store);
    options.allowed = std::move(allowed);
    return named(tls::serverTransport(options, std::move(below)), settings, "keystore");
}

Result<net::TransportFactory> readClientTransport(Settings& settings, const ComponentServices& services, bool trustsAll,
                                                  net::TransportFactory below) {
    const bool wanted = settings.flag("ssl");
    auto allowed = readAllowed(settings);
    auto store = readStore(settings, "truststore", services, wanted && !trustsAll);
    if (!store) return std::move(store).error();
    if (!wanted) return below;
    tls::ClientOptions options;
    options.trustStore = std::move(*store);
    options.trustsAll = trustsAll;
    options.allowed = std::move(allowed);
    return named(tls::clientTransport(options, std::move(below)), settings, "truststore");
}

} // namespace millrace::flume
