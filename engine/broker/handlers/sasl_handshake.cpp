#include "wire/messages/sasl_handshake.h"
#include "broker/requests/api_row.h"
#include "broker/security/sasl_session.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {
constexpr wire::Version kTokensInRequests = 1;
}

Answer<wire::SaslHandshakeResponse> saslHandshake(const wire::SaslHandshakeRequest& request, const Call& call,
                                                  Context&) {
    ConnectionState& connection = *call.connection;
    wire::SaslHandshakeResponse response;
    if (!connection.sasl || !connection.sasl->mayBegin()) {
        response.errorCode = wire::error::kIllegalSaslState;
        connection.closing = connection.authentication == ConnectionState::Authentication::awaited;
        return response;
    }
    response.mechanisms = connection.sasl->settings().mechanisms;
    if (!connection.sasl->begin(request.mechanism, call.version < kTokensInRequests)) {
        response.errorCode = wire::error::kUnsupportedSaslMechanism;
        connection.closing = true;
    }
    return response;
}

ApiRow saslHandshakeRow() {
    ApiRow row = rowOf<saslHandshake>({});
    row.beforeAuthentication = true;
    return row;
}

} // namespace millrace::broker
