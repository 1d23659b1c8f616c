#include "wire/messages/sasl_authenticate.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "broker/security/sasl_session.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

wire::SaslAuthenticateResponse refused(std::int16_t error, std::string message) {
    wire::SaslAuthenticateResponse response;
    response.errorCode = error;
    response.errorMessage = std::move(message);
    return response;
}

/// Later, so that guessing takes long; the client is sent away with it.
Answer<wire::SaslAuthenticateResponse> fail(ConnectionState& connection, Context& context) {
    connection.closing = true;
    const Pending<wire::SaslAuthenticateResponse> pending;
    const auto timer = context.clock.after(context.settings.failedAuthenticationDelay,
                                           [pending, message = connection.sasl->failureMessage()] {
                                               pending.complete(refused(kSaslAuthenticationFailed, message));
                                           });
    pending.onAbandoned([&context, timer] { context.clock.cancel(timer); });
    return pending;
}

} // namespace

Answer<wire::SaslAuthenticateResponse> saslAuthenticate(const wire::SaslAuthenticateRequest& request, const Call& call,
                                                        Context& context) {
    ConnectionState& connection = *call.connection;
    if (!connection.sasl || !connection.sasl->takesTokens()) {
        connection.closing = connection.authentication == ConnectionState::Authentication::awaited;
        return refused(kIllegalSaslState, connection.closing
                                              ? "SaslAuthenticate request before a mechanism was agreed upon"
                                              : "SaslAuthenticate request received after successful authentication");
    }
    SaslStep step = connection.sasl->step(request.authBytes.text(), connection.clientHost);
    if (step.state == SaslStep::State::failed) return fail(connection, context);
    wire::SaslAuthenticateResponse response;
    response.authBytes = Bytes::copyOf(step.token);
    if (step.state == SaslStep::State::goesOn) return response;
    connection.sasl->admit(connection, context.clock.now());
    response.sessionLifetimeMs = connection.sasl->settings().sessionLifetime.count();
    return response;
}

ApiRow saslAuthenticateRow() {
    ApiRow row = rowOf<saslAuthenticate>({});
    row.beforeAuthentication = true;
    return row;
}

} // namespace millrace::broker
