#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"
#include "flume/sources/syslog/syslog_headers.h"
#include "flume/support/received_batches.h"
#include "net/address.h"

#include <map>
#include <memory>
#include <string>

namespace millrace::flume {

/// clientIPHeader and clientHostnameHeader; empty: none.
struct SyslogPeerOptions {
    std::string ipHeader;
    std::string nameHeader;
};
SyslogPeerOptions readSyslogPeer(Settings& settings);

/// The headers that a peer's messages get for its address; null when there are none.
std::shared_ptr<const SyslogHeaders::More> headersOfPeer(const SyslogPeerOptions& options, const net::Address& peer,
                                                         SyslogHeaders::More more = {});

/// Adds the name of the peer to a batch, for ReceivedBatches, whose `peer` is the literal address. Runner: it may wait
/// a second for a name server, as PeerNames says. Empty without a header's name.
ReceivedBatches::Prepare namesOfPeers(const SyslogPeerOptions& options, const ComponentServices& services);

} // namespace millrace::flume
