#pragma once

#include "broker/requests/context.h"
#include "broker/security/sasl_session.h"
#include "broker/server/principal_rules.h"
#include "broker/settings/listener_settings.h"
#include "net/transport.h"

#include <memory>
#include <optional>

namespace millrace::broker {

/// What the connections of one listener share. Loop thread only once it serves.
struct ServedListener {
    const ListenerSettings& settings;
    PrincipalRules principals;
    net::TransportFactory transport; ///< empty: the sockets themselves
    net::MinuteLog refusals;
    std::optional<SaslListener> sasl; ///< nothing: clients are not asked who they are

    /// Reads key and trust store, waiting for the disk. `below` carries TLS, or the clients' bytes themselves. What is
    /// missing or cannot be read is told with the listener and the setting.
    static Result<std::unique_ptr<ServedListener>> open(const ListenerSettings& settings, Context& context,
                                                        net::TransportFactory below);
};

} // namespace millrace::broker
