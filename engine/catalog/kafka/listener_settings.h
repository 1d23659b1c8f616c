#pragma once

#include "catalog/kafka/kafka_setting.h"

/// What a broker can be set to about where clients come in, by name; a part of kafkaBrokerSettings().
namespace millrace::catalog::listener_settings {
using enum KafkaType;

inline constexpr KafkaSetting kTable[] = {
    {.key = "advertised.listeners",
     .type = string,
     .none = true,
     .help = "Address that clients are told to connect to, as PLAINTEXT://host:port, where it is not the one that they "
             "have connected to."},
    {.key = "controller.listener.names",
     .type = string,
     .none = true,
     .help = "Listeners that only Kafka's own controllers use, where nothing listens here."},
    {.key = "inter.broker.listener.name",
     .type = string,
     .none = true,
     .effective = false,
     .help = "Listener by which brokers reach each other."},
    {.key = "listener.security.protocol.map",
     .type = string,
     .fallback = "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
     .effective = false,
     .dynamic = true,
     .help = "How clients talk to each listener, as NAME:PROTOCOL."},
    {.key = "listeners",
     .type = string,
     .fallback = "PLAINTEXT://:9092",
     .help = "Address on which the broker accepts clients; a document's `listen` stands for it."},
    {.key = "security.inter.broker.protocol",
     .type = string,
     .fallback = "PLAINTEXT",
     .effective = false,
     .help = "How brokers talk to each other."},
};

} // namespace millrace::catalog::listener_settings
