#pragma once

#include "base/result.h"
#include "catalog/property_spec.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace millrace::catalog {

/// Kafka's numbers for types of settings, as its DescribeConfigs tells them.
enum class KafkaType : std::int8_t {
    boolean = 1,
    string = 2,
    integer = 3,
    shortInteger = 4,
    longInteger = 5,
    real = 6,
    list = 7,
    className = 8,
    password = 9,
};

/// How the form of a topic shows a setting.
struct KafkaField {
    bool shown = false; ///< false: it can be written by its name only
    PropertyType type = PropertyType::string;
    PropertyLevel level = PropertyLevel::expert;
    std::span<const std::string_view> choices{}; ///< of a list: the combinations; empty: the setting's own
};

/// What the values of a setting must be beyond its range and its choices.
struct KafkaRule {
    bool (*holds)(std::string_view settled) = nullptr; ///< null: any
    std::string_view wanted{};                         ///< as "a number other than 0 is needed"
};

/// That a setting gives another one its value in a coarser unit, where the other has none itself.
struct KafkaCoarser {
    std::string_view of{};
    std::int64_t factor = 1; ///< how many units of the other make one
};

/// One setting of Kafka, declared once: the embedded broker's checks, defaults and answers, the form of a topic, the
/// checks of a document and the manual read this. Names, types and defaults are those of Kafka 4.3.
struct KafkaSetting {
    static constexpr std::string_view kTopicPrefix = "config.";

    /// A topic's as documents write it, "config.retention.ms"; a broker's by its name.
    std::string_view key{};
    KafkaType type = KafkaType::string;
    std::string_view fallback{};
    ValueRange range{};                          ///< of numbers
    std::span<const std::string_view> choices{}; ///< of texts, of each item of a list, of booleans; empty: any
    KafkaRule rule{};
    std::string_view brokerName{}; ///< a topic's: the setting of the broker that gives the default; empty: none
    KafkaCoarser coarser{};        ///< a broker's
    bool none = false;             ///< Kafka has no default: there is no value until somebody sets one
    bool effective = true;         ///< false: kept and told, but nothing that the embedded broker does depends on it
    bool dynamic = false;          ///< a broker's: clients may change it while the broker runs
    bool ofListener = false;       ///< a broker's: `listener.name.<listener>.<name>` sets it for one listener alone
    bool outdated = false;         ///< Kafka 3.9 takes it, 4.0 does not: taken, and told of topics that set it
    std::string_view unit{};
    std::string_view help{}; ///< one sentence
    KafkaField field{};

    constexpr std::string_view name() const {
        return key.starts_with(kTopicPrefix) ? key.substr(kTopicPrefix.size()) : key;
    }
};

/// What a topic can set itself, by name.
std::span<const KafkaSetting> kafkaTopicSettings();
/// What only a broker has, by name; the defaults of topics, which it has too, are their settings' `brokerName`.
std::span<const KafkaSetting> kafkaBrokerSettings();
/// By Kafka's name. Null when there is none. A name that sets it for one listener alone is not looked for.
const KafkaSetting* findKafkaSetting(std::span<const KafkaSetting> table, std::string_view name);

/// The value in the one form in which it is kept: as Kafka does, blanks around it and between the items of a list do
/// not count, nor the case of true and false. invalidArgument says what is allowed, also for what Kafka knows and the
/// embedded broker cannot do.
Result<std::string> settledKafkaValue(const KafkaSetting& setting, std::string_view value);

} // namespace millrace::catalog
