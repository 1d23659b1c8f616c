#include "flume/sources/syslog/syslog_peer.h"

#include "flume/support/java_address.h"
#include "flume/support/peer_names.h"

#include <vector>

namespace millrace::flume {

SyslogPeerOptions readSyslogPeer(Settings& settings) {
    return {settings.text("clientIPHeader"), settings.text("clientHostnameHeader")};
}

std::shared_ptr<const SyslogHeaders::More> headersOfPeer(const SyslogPeerOptions& options, const net::Address& peer,
                                                         SyslogHeaders::More more) {
    if (!options.ipHeader.empty()) more.emplace_back(options.ipHeader, javaHostAddress(peer.host));
    return more.empty() ? nullptr : std::make_shared<const SyslogHeaders::More>(std::move(more));
}

ReceivedBatches::Prepare namesOfPeers(const SyslogPeerOptions& options, const ComponentServices& services) {
    if (options.nameHeader.empty()) return {};
    const auto names = std::make_shared<PeerNames>(*services.clock);
    return [names, header = options.nameHeader](EventBatchPtr batch, const std::string& peer) {
        const std::string& name = names->nameOf(peer);
        std::vector<HeaderSetPtr> sets;
        for (const HeaderSetPtr& set : batch->sets())
            sets.push_back(std::make_shared<const HeaderSet>(set->with(header, name)));
        const auto indexes = batch->setIndexes();
        return batch->withHeaders(std::move(sets), {indexes.begin(), indexes.end()});
    };
}

} // namespace millrace::flume
