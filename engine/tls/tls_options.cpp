#include "tls/tls_options.h"

#include "tls/allowed.h"
#include "tls/key_store.h"
#include "tls/tls_transport.h"

namespace millrace::tls {
namespace {

using SharedContext = std::shared_ptr<SSL_CTX>;

Result<SharedContext> makeContext(const SSL_METHOD* method, const Allowed& allowed) {
    SharedContext context(SSL_CTX_new(method), &SSL_CTX_free);
    if (!context) return opensslError(ErrorCode::internal, "TLS");
    // A queue may hand over the same bytes at another address, and be content with a part of them.
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // Java's clients leave without a word; whoever needs the end of a message counts its bytes.
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    MILLRACE_TRY(apply(allowed, *context));
    return context;
}

Status useKey(SSL_CTX& context, const StoreFile& file) {
    auto store = readKeyStore(file);
    if (!store) return std::move(store).error();
    if (!store->key || store->chain.empty())
        return Error{ErrorCode::invalidArgument, file.name + ": holds no private key with its certificate", false};
    if (SSL_CTX_use_certificate(&context, store->chain.front().get()) != 1 ||
        SSL_CTX_use_PrivateKey(&context, store->key.get()) != 1 || SSL_CTX_check_private_key(&context) != 1)
        return opensslError(ErrorCode::invalidArgument, file.name);
    for (auto certificate = store->chain.begin() + 1; certificate != store->chain.end(); ++certificate)
        SSL_CTX_add1_chain_cert(&context, certificate->get());
    return ok();
}

/// As Java trusts: each certificate that stands alone, and the own one of a key.
Status trust(SSL_CTX& context, const StoreFile& file) {
    auto store = readKeyStore(file);
    if (!store) return std::move(store).error();
    if (store->key && !store->chain.empty()) store->trusted.push_back(std::move(store->chain.front()));
    if (store->trusted.empty())
        return Error{ErrorCode::invalidArgument, file.name + ": holds no certificate to be trusted", false};
    X509_STORE* into = SSL_CTX_get_cert_store(&context);
    X509_STORE_set_flags(into,
                         X509_V_FLAG_PARTIAL_CHAIN); // a server's own certificate may be trusted, without its maker
    for (const Certificate& certificate : store->trusted) {
        X509_STORE_add_cert(into, certificate.get());
        SSL_CTX_add_client_CA(&context, certificate.get());
    }
    return ok();
}

net::TransportFactory factoryOf(SharedContext context, Side side, const std::string& host,
                                net::TransportFactory below) {
    return [context, side, host, below = std::move(below)](int socket) {
        return makeTlsTransport(*context, side, host, net::makeTransport(below, socket));
    };
}

} // namespace

Result<net::TransportFactory> serverTransport(const ServerOptions& options, net::TransportFactory below) {
    auto context = makeContext(TLS_server_method(), options.allowed);
    if (!context) return std::move(context).error();
    SSL_CTX& tls = **context;
    MILLRACE_TRY(useKey(tls, options.keyStore));
    if (options.trustStore) MILLRACE_TRY(trust(tls, *options.trustStore));
    static constexpr unsigned char kName[] = "millrace";
    SSL_CTX_set_session_id_context(&tls, kName, sizeof kName - 1);
    SSL_CTX_set_dh_auto(&tls, 1);
    if (options.proof != ClientProof::none)
        SSL_CTX_set_verify(
            &tls, SSL_VERIFY_PEER | (options.proof == ClientProof::required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
            nullptr);
    return factoryOf(std::move(*context), Side::server, {}, std::move(below));
}

Result<net::TransportFactory> clientTransport(const ClientOptions& options, net::TransportFactory below) {
    auto context = makeContext(TLS_client_method(), options.allowed);
    if (!context) return std::move(context).error();
    SSL_CTX& tls = **context;
    if (options.keyStore) MILLRACE_TRY(useKey(tls, *options.keyStore));
    if (!options.trustsAll) {
        SSL_CTX_set_verify(&tls, SSL_VERIFY_PEER, nullptr);
        if (options.trustStore)
            MILLRACE_TRY(trust(tls, *options.trustStore));
        else
            SSL_CTX_set_default_verify_paths(&tls);
    }
    return factoryOf(std::move(*context), Side::client, options.host, std::move(below));
}

} // namespace millrace::tls
