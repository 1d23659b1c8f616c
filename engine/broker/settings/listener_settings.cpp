#include "broker/settings/listener_settings.h"

#include "broker/settings/broker_settings.h"
#include "broker/settings/config_items.h"
#include "java/java_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace millrace::broker {

namespace {

constexpr std::string_view kPrefix = "listener.name.";
constexpr std::string_view kScheme = "://";
constexpr SecurityProtocol kProtocols[] = {SecurityProtocol::plaintext, SecurityProtocol::ssl,
                                           SecurityProtocol::saslPlaintext, SecurityProtocol::saslSsl};
using Protocols = std::map<std::string, SecurityProtocol>;

struct Entry {
    std::string name;
    net::Address address;
    bool anyHost = false; ///< none was written
};

char changedCase(char c, char from) {
    return c >= from && c < from + 26 ? static_cast<char>(c ^ 0x20) : c;
}

std::string inCapitals(std::string_view text) {
    std::string capitals(text);
    std::ranges::transform(capitals, capitals.begin(), [](char c) { return changedCase(c, 'a'); });
    return capitals;
}

std::string valueOf(const ConfigMap& configs, std::string_view name) {
    return effectiveBrokerConfig(*findBrokerConfig(name), name, configs);
}

std::string namesOf(const std::vector<Entry>& entries) {
    std::vector<std::string_view> names;
    for (const Entry& entry : entries)
        names.push_back(entry.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Reads one of the settings and tells what is wrong with it.
class ListenersReader {
public:
    ListenersReader(const ConfigMap& configs, std::string_view setting)
        : setting_(setting), text_(valueOf(configs, setting)) {}

    Error refused(std::string_view why) const {
        return {ErrorCode::invalidArgument, fmt::format("{} = {}: {}", setting_, text_, why)};
    }

    /// `onlyName`: of an address that names no listener; empty: each has to.
    Result<std::vector<Entry>> entries(const std::string& onlyName) const {
        std::vector<Entry> entries;
        for (const std::string& item : itemsOf(text_)) {
            auto entry = entryOf(item, onlyName);
            if (!entry) return entry.error();
            if (std::ranges::count(entries, entry->name, &Entry::name) > 0)
                return refused(fmt::format("listener {} is named twice; give each address a name of its own and tell "
                                           "in listener.security.protocol.map what it speaks",
                                           entry->name));
            entries.push_back(std::move(*entry));
        }
        return entries;
    }

    Result<Protocols> protocols() const {
        Protocols protocols;
        for (const std::string& item : itemsOf(text_)) {
            const std::size_t colon = item.find(':');
            if (colon == std::string::npos || colon == 0)
                return refused(fmt::format("{:?} is no entry; write NAME:PROTOCOL", item));
            const std::string name = inCapitals(java::javaTrim(item.substr(0, colon)));
            const std::string text = inCapitals(java::javaTrim(item.substr(colon + 1)));
            const auto protocol = std::ranges::find(kProtocols, text, [](SecurityProtocol p) { return toString(p); });
            if (protocol == std::end(kProtocols))
                return refused(fmt::format("there is no protocol {:?}; there are PLAINTEXT, SSL, SASL_PLAINTEXT and "
                                           "SASL_SSL",
                                           text));
            if (!protocols.emplace(name, *protocol).second)
                return refused(fmt::format("listener {} has two entries; leave one", name));
        }
        return protocols;
    }

private:
    Result<Entry> entryOf(const std::string& item, const std::string& onlyName) const {
        const std::size_t scheme = item.find(kScheme);
        Entry entry;
        entry.name = scheme == std::string::npos ? onlyName : inCapitals(item.substr(0, scheme));
        if (entry.name.empty()) return refused(fmt::format("{:?} has no name in front; write NAME://host:port", item));
        const auto odd = [](char c) {
            return !((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.');
        };
        if (std::ranges::any_of(entry.name, odd))
            return refused(
                fmt::format("{:?} is no name of a listener; letters, digits and - _ . make one", entry.name));
        const std::string where = scheme == std::string::npos ? item : item.substr(scheme + kScheme.size());
        auto address = net::parseAddress(where);
        if (!address) return refused(address.error().message);
        entry.address = std::move(*address);
        entry.anyHost = where.starts_with(':');
        return entry;
    }

    std::string_view setting_;
    std::string text_;
};

/// Kafka's rule: a port is one listener's, but one of IPv4 and one of IPv6 may share it.
bool mayShare(const Entry& one, const Entry& other) {
    const auto isV6 = [](const Entry& entry) { return entry.address.host.find(':') != std::string::npos; };
    return one.address.port == 0 || one.address.port != other.address.port ||
           (!one.anyHost && !other.anyHost && isV6(one) != isV6(other));
}

Status checkPorts(const ListenersReader& reader, const std::vector<Entry>& entries) {
    for (auto entry = entries.begin(); entry != entries.end(); ++entry)
        for (auto other = entries.begin(); other != entry; ++other)
            if (!mayShare(*entry, *other))
                return reader.refused(fmt::format("{} and {} have port {}; give each a port of its own", other->name,
                                                  entry->name, entry->address.port));
    return ok();
}

/// What is set of it for one listener alone, or nothing.
std::optional<std::string> ownOf(const ConfigMap& configs, const std::string& listener, std::string_view name) {
    const auto own = configs.find(listenerPrefix(listener) + std::string(name));
    return own == configs.end() ? std::nullopt : std::optional(own->second);
}

std::string valueFor(const ConfigMap& configs, const std::string& listener, std::string_view name) {
    auto own = ownOf(configs, listener, name);
    return own ? *own : valueOf(configs, name);
}

TlsSettings tlsOf(const ConfigMap& configs, const ListenerSettings& listener) {
    const auto value = [&](std::string_view name) { return valueFor(configs, listener.name, name); };
    TlsSettings tls;
    const std::string chain = value("ssl.keystore.certificate.chain"), key = value("ssl.keystore.key");
    tls.keyStore = {value("ssl.keystore.location"), chain.empty() && key.empty() ? "" : key + "\n" + chain + "\n",
                    value("ssl.keystore.password")};
    if (std::string password = value("ssl.key.password"); !password.empty()) tls.keyPassword = std::move(password);
    tls.trustStore = {value("ssl.truststore.location"), value("ssl.truststore.certificates"),
                      value("ssl.truststore.password")};
    tls.clientAuth = listener.protocol == SecurityProtocol::saslSsl
                         ? ownOf(configs, listener.name, "ssl.client.auth").value_or("none")
                         : value("ssl.client.auth");
    tls.protocols = itemsOf(value("ssl.enabled.protocols"));
    tls.cipherSuites = itemsOf(value("ssl.cipher.suites"));
    return tls;
}

Result<SaslSettings> saslOf(const ConfigMap& configs, const ListenerSettings& listener) {
    const auto value = [&](std::string_view name) {
        const bool isSetting = catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name) != nullptr;
        return isSetting ? valueFor(configs, listener.name, name) : ownOf(configs, listener.name, name).value_or("");
    };
    return saslFrom(value, listenerPrefix(listener.name), usesSasl(listener.protocol));
}

/// Everything about it but the address that is advertised.
Result<ListenerSettings> listenerOf(const ConfigMap& configs, const ListenersReader& reader, Entry entry,
                                    const Protocols& protocols) {
    const auto protocol = protocols.find(entry.name);
    if (protocol == protocols.end())
        return reader.refused(fmt::format("nothing tells what listener {0} speaks; add {0}:PROTOCOL to "
                                          "listener.security.protocol.map, with PLAINTEXT, SSL, SASL_PLAINTEXT or "
                                          "SASL_SSL",
                                          entry.name));
    ListenerSettings listener;
    listener.name = std::move(entry.name);
    listener.protocol = protocol->second;
    listener.address = std::move(entry.address);
    if (entry.anyHost) listener.address.host = "0.0.0.0";
    listener.tls = tlsOf(configs, listener);
    listener.principalRules = valueFor(configs, listener.name, "ssl.principal.mapping.rules");
    // One for all listeners is counted over all of them.
    const auto most = ownOf(configs, listener.name, "max.connections");
    listener.maxConnections = most ? static_cast<std::size_t>(configNumber(*most)) : SIZE_MAX;
    auto sasl = saslOf(configs, listener);
    if (!sasl) return sasl.error().in("listener " + listener.name);
    listener.sasl = std::move(*sasl);
    return listener;
}

Status advertise(const ConfigMap& configs, std::vector<ListenerSettings>& listeners, const std::vector<Entry>& all) {
    const ListenersReader reader(configs, "advertised.listeners");
    auto entries = reader.entries(listeners.size() == 1 ? listeners.front().name : "");
    if (!entries) return entries.error();
    for (Entry& entry : *entries) {
        if (std::ranges::count(all, entry.name, &Entry::name) == 0)
            return reader.refused(fmt::format("there is no listener {}; listeners names {}", entry.name, namesOf(all)));
        if (entry.anyHost || entry.address.host == "0.0.0.0" || entry.address.host == "::")
            return reader.refused("a host is needed that clients can connect to");
        const auto listener = std::ranges::find(listeners, entry.name, &ListenerSettings::name);
        if (listener != listeners.end()) listener->advertised = std::move(entry.address);
    }
    return ok();
}

} // namespace

const char* toString(SecurityProtocol protocol) {
    switch (protocol) {
    case SecurityProtocol::plaintext:
        return "PLAINTEXT";
    case SecurityProtocol::ssl:
        return "SSL";
    case SecurityProtocol::saslPlaintext:
        return "SASL_PLAINTEXT";
    case SecurityProtocol::saslSsl:
        break;
    }
    return "SASL_SSL";
}

Result<std::vector<ListenerSettings>> listenersFrom(const ConfigMap& configs) {
    const auto protocols = ListenersReader(configs, "listener.security.protocol.map").protocols();
    if (!protocols) return protocols.error();
    const ListenersReader reader(configs, "listeners");
    const auto entries = reader.entries({});
    if (!entries) return entries.error();
    MILLRACE_TRY(checkPorts(reader, *entries));
    const auto controllers = itemsOf(inCapitals(valueOf(configs, "controller.listener.names")));
    std::vector<ListenerSettings> listeners;
    for (const Entry& entry : *entries) {
        if (std::ranges::count(controllers, entry.name) > 0) continue;
        auto listener = listenerOf(configs, reader, entry, *protocols);
        if (!listener) return listener.error();
        listeners.push_back(std::move(*listener));
    }
    if (listeners.empty()) return reader.refused("no address is left for clients; write NAME://host:port");
    MILLRACE_TRY(advertise(configs, listeners, *entries));
    return listeners;
}

std::string listenerPrefix(std::string_view listener) {
    std::string prefix(kPrefix);
    for (const char c : listener)
        prefix += changedCase(c, 'A');
    return prefix + ".";
}

const catalog::KafkaSetting* findListenerConfig(std::string_view name) {
    if (!name.starts_with(kPrefix)) return nullptr;
    for (std::size_t dot = name.find('.', kPrefix.size()); dot != std::string_view::npos;
         dot = name.find('.', dot + 1)) {
        const auto* setting = catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name.substr(dot + 1));
        if (setting && setting->ofListener) return setting;
    }
    return nullptr;
}

std::string listenerText(std::string_view name, const net::Address& address) {
    return fmt::format("{}{}{}", name, kScheme, address.toString());
}

} // namespace millrace::broker
