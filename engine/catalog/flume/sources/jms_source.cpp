#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kDestinationTypes[] = {"queue", "topic"};
constexpr std::string_view kDestinationLocators[] = {"CDI", "JNDI"};
constexpr std::string_view kConverters[] = {"DEFAULT",
                                            "org.apache.flume.source.jms.DefaultJMSMessageConverter$Builder"};
constexpr std::string_view kProviders[] = {"amqp://127.0.0.1:5672"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "initialContextFactory",
     .type = PropertyType::className,
     .required = true,
     .help = "Java class that opens the JNDI directory of the broker."},
    {.name = "connectionFactory", .defaultValue = "ConnectionFactory", .help = "JNDI name of the connection factory."},
    {.name = "providerURL",
     .required = true,
     .choices = kProviders,
     .help = "Address of the broker as amqp://host:port, where Apache Flume takes the address of a JNDI provider."},
    {.name = "destinationName", .required = true, .help = "Name of the queue or topic to read."},
    {.name = "destinationType",
     .type = PropertyType::choice,
     .required = true,
     .choices = kDestinationTypes,
     .help = "Tells whether the destination is a queue or a topic.",
     .strict = true},
    {.name = "destinationLocator",
     .type = PropertyType::choice,
     .defaultValue = "CDI",
     .choices = kDestinationLocators,
     .level = PropertyLevel::advanced,
     .help = "Creates the destination by its name, or looks it up in JNDI.",
     .strict = true},
    {.name = "messageSelector",
     .level = PropertyLevel::advanced,
     .help = "JMS expression that picks the messages to receive."},
    {.name = "userName", .level = PropertyLevel::advanced, .help = "User name for the broker."},
    {.name = "passwordFile",
     .type = PropertyType::path,
     .level = PropertyLevel::advanced,
     .help = "File that holds the password for the broker."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Messages that are put into the channels in one transaction.",
     .strict = true},
    {.name = "errorThreshold",
     .type = PropertyType::integer,
     .defaultValue = "10",
     .level = PropertyLevel::advanced,
     .help = "Errors in a row after which the connection is built anew."},
    {.name = "pollTimeout",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "Time to wait for the first message of a batch."},
    {.name = "converter.type",
     .type = PropertyType::className,
     .defaultValue = "DEFAULT",
     .choices = kConverters,
     .level = PropertyLevel::advanced,
     .help = "Class that turns messages into events.",
     .strict = true},
    {.name = "converter.charset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::expert,
     .help =
         "Character set of text messages, which Flume 1.11 honours only when written as converter.converter.charset."},
    {.name = "converter.*", .level = PropertyLevel::expert, .help = "Settings of an own converter class."},
    {.name = "createDurableSubscription",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Subscribes durably, so that a topic keeps messages while this source is away."},
    {.name = "clientId", .level = PropertyLevel::advanced, .help = "Client name for the durable subscription."},
    {.name = "durableSubscriptionName", .level = PropertyLevel::advanced, .help = "Name of the durable subscription."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kPolling);

/// Only java: and names without a scheme pass org.apache.flume.source.jms.JMSSource.verifyContext.
bool hasForeignScheme(std::string_view address) {
    const auto colon = address.find(':');
    if (colon == std::string_view::npos) return false;
    return address.substr(0, colon) != "java" && address.substr(0, colon).find('/') == std::string_view::npos;
}

/// Where a broker of AMQP 1.0 is, which this version reads from: Flume then needs to be told that it may.
bool isAmqp(std::string_view address) {
    return address.starts_with("amqp://") || address.starts_with("amqps://");
}

void checkProvider(const PropertyReader& reader, std::vector<Finding>& findings) {
    const auto address = reader.text("providerURL");
    if (!address) return;
    if (isAmqp(*address))
        findings.push_back(
            makeFinding(Finding::Effect::information, "providerURL", "jms-provider-amqp", {"providerURL", *address}));
    else if (hasForeignScheme(*address))
        refuse(findings, "providerURL", "jms-provider-scheme", {"providerURL", *address});
    else
        warn(findings, "providerURL", "jms-provider-flume-only", {"providerURL", *address}, "amqp://127.0.0.1:5672");
}

void checkSubscription(const PropertyReader& reader, std::vector<Finding>& findings) {
    const auto incomplete = [&](std::string_view key) {
        refuse(findings, key, "durable-subscription-incomplete", {std::string(key)});
    };
    if (!equalsIgnoringCase(reader.textOr("destinationType", "topic"), "topic")) incomplete("destinationType");
    if (!reader.has("clientId")) incomplete("clientId");
    if (!reader.has("durableSubscriptionName")) incomplete("durableSubscriptionName");
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkProvider(reader, findings);
    const std::string factory = reader.textOr("connectionFactory", "");
    if (hasForeignScheme(factory))
        refuse(findings, "connectionFactory", "jms-provider-scheme", {"connectionFactory", factory});
    if (reader.isTrue("createDurableSubscription")) checkSubscription(reader, findings);
}

} // namespace

constinit const ComponentSpec kJmsSource{
    .kind = ComponentKind::source,
    .alias = "jms",
    .className = "org.apache.flume.source.jms.JMSSource",
    .title = "jms",
    .summary = "Receives messages from a queue or topic of a JMS broker, each once it is safe in the channels.",
    .artifact = "org.apache.flume.flume-ng-sources:flume-jms-source",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .pollable = true,
    .counters = kSourceCounters,
    .check = check,
};

} // namespace millrace::catalog
