#include "flume/sources/jms/jms_settings.h"

#include "flume/support/charset.h"
#include "tls/tls_options.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::flume {
namespace {

struct Broker {
    net::Address address;
    bool secure = false;
};

Error unusable(const Settings& settings, const std::string& url, const std::string& why) {
    return {ErrorCode::unsupported,
            fmt::format("{}: providerURL = {} {}; write amqp://host:port or amqps://host:port of a broker that speaks "
                        "AMQP 1.0",
                        settings.who(), url, why),
            false};
}

Result<Broker> readBroker(const Settings& settings, const std::string& url) {
    Broker broker;
    const std::string_view plain = "amqp://", secure = "amqps://";
    broker.secure = url.starts_with(secure);
    if (!broker.secure && !url.starts_with(plain))
        return unusable(settings, url, "names no broker that can be reached from here");
    std::string rest = url.substr((broker.secure ? secure : plain).size());
    rest.resize(std::min(rest.find_first_of("/?#"), rest.size())); // options of Java clients
    if (rest.find('@') != std::string::npos)
        return unusable(settings, url, "holds a user, who belongs into userName and passwordFile");
    if (const auto colon = rest.rfind(':'); colon == std::string::npos || rest.ends_with(']'))
        rest += broker.secure ? ":5671" : ":5672";
    auto address = net::parseAddress(rest);
    if (!address || address->host.empty())
        return unusable(settings, url, address ? "has no host" : "is malformed: " + address.error().message);
    broker.address = std::move(*address);
    return broker;
}

/// As Java clients know destinations that stand in no JNDI directory.
std::string withoutJndi(std::string name) {
    for (const std::string_view prefix : {"dynamicQueues/", "dynamicTopics/"})
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    return name;
}

/// `converter.converter.charset`, where Flume 1.11 reads it, before `converter.charset`, where it is documented.
Result<const java::JavaCharset*> readCharset(Settings& settings) {
    const auto own = settings.group("converter");
    auto charset = charsetOf(settings, "converter.charset");
    if (const auto nested = own.find("converter.charset"); nested != own.end()) {
        const java::JavaCharset* found = java::findCharset(nested->second);
        if (found == nullptr)
            return Error{ErrorCode::invalidArgument,
                         fmt::format("{}: converter.converter.charset = {}: Java knows no such charset", settings.who(),
                                     nested->second),
                         false};
        charset = found;
    }
    if (charset && isPassedOn(**charset)) return static_cast<const java::JavaCharset*>(nullptr);
    return charset;
}

Status checkConverter(Settings& settings) {
    const std::string type = settings.text("converter.type");
    if (type == "DEFAULT" || type == "org.apache.flume.source.jms.DefaultJMSMessageConverter$Builder") return ok();
    return Error{ErrorCode::unsupported,
                 fmt::format("{}: converter.type = {} is a class of Java, which does not run here; write DEFAULT",
                             settings.who(), type),
                 false};
}

/// What is read because Flume has it, and has no effect here.
void readUnused(Settings& settings) {
    for (const char* key : {"initialContextFactory", "connectionFactory", "destinationLocator"})
        (void)settings.textIfSet(key);
    (void)settings.number("errorThreshold"); // a connection that fails once is made anew
    (void)settings.duration("pollTimeout");  // a batch is what has come
}

Status readSubscription(Settings& settings, AmqpConsumerOptions& consumer, const ComponentServices& services) {
    const auto client = settings.textIfSet("clientId"), name = settings.textIfSet("durableSubscriptionName");
    consumer.container = client.value_or("millrace:" + services.id);
    if (!settings.flag("createDurableSubscription")) return ok();
    if (!client || !name || !consumer.topic)
        return Error{ErrorCode::invalidArgument,
                     settings.who() + ": createDurableSubscription needs a topic, clientId and durableSubscriptionName",
                     false};
    consumer.subscription = *name;
    return ok();
}

} // namespace

Result<JmsSourceOptions> readJmsSourceOptions(Settings& settings, const ComponentServices& services) {
    readUnused(settings);
    JmsSourceOptions options;
    AmqpConsumerOptions& consumer = options.consumer;
    const std::string url = settings.text("providerURL");
    consumer.source = withoutJndi(settings.text("destinationName"));
    const std::string type = settings.text("destinationType");
    consumer.topic = !type.empty() && (type[0] == 't' || type[0] == 'T');
    consumer.selector = settings.textIfSet("messageSelector").value_or("");
    consumer.user = settings.textIfSet("userName").value_or("");
    options.passwordFile = settings.textIfSet("passwordFile").value_or("");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    consumer.ahead = static_cast<int>(std::min<std::size_t>(2 * options.batchSize, 10'000));
    const Status converter = checkConverter(settings);
    const auto charset = readCharset(settings);
    const Status subscription = readSubscription(settings, consumer, services);
    MILLRACE_TRY(settings.status());
    MILLRACE_TRY(converter);
    MILLRACE_TRY(subscription);
    if (!charset) return charset.error();
    options.charset = *charset;
    auto broker = readBroker(settings, url);
    if (!broker) return broker.error();
    consumer.address = broker->address;
    if (!broker->secure) return options;
    tls::ClientOptions secure;
    secure.host = broker->address.host;
    auto transport = tls::clientTransport(secure);
    if (!transport) return transport.error().in(settings.who() + ": providerURL");
    consumer.transport = std::move(*transport);
    return options;
}

} // namespace millrace::flume
