#pragma once

#include "base/base64.h"
#include "broker/security/scram_credential.h"

#include <fmt/core.h>

#include <string>

namespace millrace::broker {

/// The client's side of SCRAM, written by RFC 5802 for itself: the broker's credentials play no part.
class ScramClient {
public:
    ScramClient(ScramMechanism mechanism, const std::string& name, std::string password, std::string header = "n,,")
        : hash_(hashOf(mechanism)),
          password_(std::move(password)),
          header_(std::move(header)),
          bare_("n=" + name + ",r=client-nonce") {}

    std::string first() const { return header_ + bare_; }

    /// `extensions`: what was sent behind the first message; `before`: what is said before the nonce.
    std::string last(const std::string& serverFirst, const std::string& extensions = "",
                     const std::string& before = "") {
        const std::size_t salt = serverFirst.find(",s="), iterations = serverFirst.find(",i=");
        const std::string saltText = *fromBase64(serverFirst.substr(salt + 3, iterations - salt - 3));
        const auto salted =
            tls::stretched(hash_, password_, tls::viewOf(saltText), std::stoi(serverFirst.substr(iterations + 3)));
        const auto clientKey = tls::hmac(hash_, salted, tls::viewOf("Client Key"));
        const std::string unproven = "c=" + toBase64(header_) + ",r=" + before + serverFirst.substr(2, salt - 2);
        const std::string message = bare_ + extensions + "," + serverFirst + "," + unproven;
        auto proof = tls::hmac(hash_, tls::hashOf(hash_, clientKey), tls::viewOf(message));
        for (std::size_t i = 0; i < proof.size(); ++i)
            proof[i] = static_cast<std::uint8_t>(proof[i] ^ clientKey[i]);
        expected_ =
            "v=" + text(tls::hmac(hash_, tls::hmac(hash_, salted, tls::viewOf("Server Key")), tls::viewOf(message)));
        return unproven + ",p=" + text(proof);
    }
    /// What the server says at the end, known after last().
    const std::string& expected() const { return expected_; }

private:
    static std::string text(const std::vector<std::uint8_t>& bytes) {
        return toBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }

    tls::Hash hash_;
    std::string password_, header_, bare_, expected_;
};

} // namespace millrace::broker
