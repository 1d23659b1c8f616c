// The two messages of a client that wants to prove by SCRAM who it is, one a line: whatever they are, nobody comes in
// without knowing the password. The same bytes as the line of a journal and as an argument of --add-scram.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "broker/security/scram_argument.h"
#include "broker/security/scram_exchange.h"

namespace {

using namespace millrace;
using namespace millrace::broker;

const ScramCredential& credentialOf(ScramMechanism mechanism) {
    static const auto make = [](ScramMechanism each) {
        const std::vector<std::uint8_t> salted(tls::sizeOf(hashOf(each)), 42);
        return ScramCredential::ofSaltedPassword(each, {'s', 'a', 'l', 't'}, 4096, salted);
    };
    static const ScramCredential sha256 = make(ScramMechanism::sha256), sha512 = make(ScramMechanism::sha512);
    return mechanism == ScramMechanism::sha256 ? sha256 : sha512;
}

void talk(ScramMechanism mechanism, std::string_view first, std::string_view last) {
    ScramExchange server(
        mechanism, [&](const std::string&) { return ScramExchange::Found{credentialOf(mechanism), true}; }, "server");
    const SaslStep answer = server.step(first);
    MILLRACE_ASSERT(answer.state != SaslStep::State::proven, "proven by the first message");
    if (answer.state != SaslStep::State::goesOn) return;
    MILLRACE_ASSERT(answer.token.starts_with("r=") && !server.user().empty(), "answered {}", answer.token);
    MILLRACE_ASSERT(server.step(last).state == SaslStep::State::failed, "proven without the password");
}

} // namespace

MILLRACE_FUZZ_TARGET(scram_messages) {
    const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
    const std::size_t line = std::min(text.find('\n'), text.size());
    for (const ScramMechanism mechanism : kScramMechanisms) {
        talk(mechanism, text.substr(0, line), text.substr(std::min(line + 1, text.size())));
        if (const auto credential = ScramCredential::fromText(mechanism, text))
            MILLRACE_ASSERT(ScramCredential::fromText(mechanism, credential->text()) == credential, "read otherwise");
    }
    if (const auto user = parseScramUser(text)) MILLRACE_ASSERT(!user->name.empty(), "a user without a name");
}
