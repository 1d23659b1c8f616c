#pragma once

#include "broker/settings/broker_settings.h"
#include "net/address.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>

namespace millrace::broker {

/// How many connections there are, of whom and by which listener, against what max.connections, max.connections.per.ip
/// and their like allow at this moment. Loop thread only.
class ConnectionCounts : public std::enable_shared_from_this<ConnectionCounts> {
public:
    /// `settings` outlive every ticket.
    explicit ConnectionCounts(const BrokerSettings& settings) : settings_(settings) {}
    /// Counts one more until the ticket is dropped. An error names the limit that is reached.
    Result<std::shared_ptr<void>> admit(const ListenerSettings& listener, const net::Address& peer);

private:
    struct Ticket;
    std::size_t mostOf(const std::string& host) const;

    const BrokerSettings& settings_;
    std::size_t all_ = 0;
    std::map<std::string, std::size_t> ofHost_, ofListener_;
};

} // namespace millrace::broker
