#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"
#include "flume/sources/jms/amqp_consumer.h"
#include "java/java_charset.h"

#include <string>

namespace millrace::flume {

struct JmsSourceOptions {
    AmqpConsumerOptions consumer;
    std::string passwordFile; ///< empty: there is none
    std::size_t batchSize = 100;
    const java::JavaCharset* charset = nullptr; ///< null: UTF-8
};

/// Of Flume's properties, which name a JNDI directory in Java: the broker's address is taken from providerURL, which
/// has to be amqp://host:port or amqps://host:port here, and the destination is known by its name.
Result<JmsSourceOptions> readJmsSourceOptions(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
