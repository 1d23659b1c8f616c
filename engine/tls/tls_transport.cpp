#include "tls/tls_transport.h"

#include "tls/subject_name.h"
#include "tls/transport_bio.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <optional>

namespace millrace::tls {
namespace {

using net::Progress;

bool isNoTls(unsigned long code) {
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return false;
    const int reason = ERR_GET_REASON(code);
    return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST ||
           reason == SSL_R_HTTPS_PROXY_REQUEST || reason == SSL_R_BAD_RECORD_TYPE;
}

class TlsTransport final : public net::Transport {
public:
    TlsTransport(SSL_CTX& context, Side side, const std::string& host, std::unique_ptr<net::Transport> below)
        : below_{std::move(below), {}}, ssl_(SSL_new(&context)) {
        BIO* bio = makeTransportBio(below_);
        SSL_set_bio(ssl_.get(), bio, bio);
        if (side == Side::server) {
            SSL_set_accept_state(ssl_.get());
            return;
        }
        SSL_set_connect_state(ssl_.get());
        if (!host.empty()) expect(host);
    }

    Result<Progress> handshake() override {
        if (!belowAgreed_) {
            const auto below = below_.transport->handshake();
            if (!below || below->state != Progress::State::done) return below;
            belowAgreed_ = true;
        }
        ERR_clear_error();
        const int result = SSL_do_handshake(ssl_.get());
        if (result == 1) return Progress{};
        auto progress = judged(result);
        if (progress && progress->state == Progress::State::ended)
            return Error{ErrorCode::closed, "TLS: the peer left before both had agreed", true};
        return progress;
    }

    /// As much as there is, over several records: each alone would be a turn of the loop.
    Result<Progress> read(std::span<const iovec> into) override {
        if (failed_) return *failed_;
        std::size_t all = 0;
        for (const iovec& piece : into) {
            for (std::size_t filled = 0; filled < piece.iov_len;) {
                std::size_t got = 0;
                ERR_clear_error();
                const int result =
                    SSL_read_ex(ssl_.get(), static_cast<char*>(piece.iov_base) + filled, piece.iov_len - filled, &got);
                if (result != 1) return all > 0 ? put(all, judged(result)) : judged(result);
                filled += got;
                all += got;
            }
        }
        return Progress{Progress::State::done, all};
    }

    Result<Progress> write(std::span<const iovec> pieces) override {
        std::size_t all = 0;
        for (const iovec& piece : pieces) {
            if (piece.iov_len == 0) continue;
            std::size_t sent = 0;
            ERR_clear_error();
            const int result = SSL_write_ex(ssl_.get(), piece.iov_base, piece.iov_len, &sent);
            if (result != 1) return all > 0 ? Progress{Progress::State::done, all} : judged(result);
            all += sent;
            if (sent < piece.iov_len) break;
        }
        return Progress{Progress::State::done, all};
    }

    Result<Progress> endSending() override {
        ERR_clear_error();
        const int result = SSL_shutdown(ssl_.get());
        if (result < 0) {
            auto progress = judged(result);
            if (!progress || progress->state == Progress::State::wantsWrite) return progress;
        }
        return below_.transport->endSending();
    }

    bool holdsBytes() const override {
        return SSL_pending(ssl_.get()) > 0 || below_.transport->holdsBytes() || ended_ || failed_;
    }

    std::string peerIdentity() const override {
        const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
        const bool proven = certificate != nullptr && SSL_get_verify_mode(ssl_.get()) != SSL_VERIFY_NONE &&
                            SSL_get_verify_result(ssl_.get()) == X509_V_OK;
        return proven ? subjectName(*certificate) : std::string();
    }

private:
    void expect(const std::string& host) {
        SSL_set_tlsext_host_name(ssl_.get(), host.c_str());
        SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str()) != 1)
            SSL_set1_host(ssl_.get(), host.c_str());
        ERR_clear_error(); // a name is no address
    }

    /// Bytes came before what `next` says, which is then said by the next call.
    Progress put(std::size_t bytes, Result<Progress> next) {
        if (!next)
            failed_ = next.error();
        else
            ended_ = next->state == Progress::State::ended;
        return {Progress::State::done, bytes};
    }

    Result<Progress> judged(int result) {
        switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return Progress{Progress::State::wantsRead};
        case SSL_ERROR_WANT_WRITE:
            return Progress{Progress::State::wantsWrite};
        case SSL_ERROR_ZERO_RETURN:
            return Progress{Progress::State::ended};
        default:
            return below_.failed ? *below_.failed : refusal();
        }
    }

    Error refusal() const {
        const long verdict = SSL_get_verify_result(ssl_.get());
        const unsigned long code = ERR_peek_last_error();
        if (isNoTls(code)) {
            ERR_clear_error();
            return {ErrorCode::protocol, "TLS: the peer does not speak TLS", false};
        }
        if (verdict != X509_V_OK && ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED) {
            ERR_clear_error();
            return {ErrorCode::denied,
                    std::string("TLS: the peer's certificate: ") + X509_verify_cert_error_string(verdict), false};
        }
        return opensslError(ErrorCode::protocol, "TLS");
    }

    Below below_;
    Owned<SSL, SSL_free> ssl_;
    bool belowAgreed_ = false;
    std::optional<Error> failed_;
    bool ended_ = false;
};

} // namespace

std::unique_ptr<net::Transport> makeTlsTransport(SSL_CTX& context, Side side, const std::string& host,
                                                 std::unique_ptr<net::Transport> below) {
    return std::make_unique<TlsTransport>(context, side, host, std::move(below));
}

} // namespace millrace::tls
