// Settings of a broker, of any bytes: what is taken the broker takes too, and every remark points into the file.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "broker/settings/broker_settings.h"
#include "session/server_properties.h"

MILLRACE_FUZZ_TARGET(server_properties) {
    using namespace millrace;
    const auto properties =
        session::readServerProperties(std::string(reinterpret_cast<const char*>(data.data()), data.size()));
    for (const topology::Diagnostic& remark : properties.remarks)
        MILLRACE_ASSERT(remark.line >= 1 && remark.column >= 1 && remark.range.begin <= data.size(), "{}:{}: {}",
                        remark.line, remark.column, remark.message);
    for (const auto& [name, value] : properties.configs) {
        const catalog::KafkaSetting* setting = broker::findBrokerConfig(name);
        MILLRACE_ASSERT(setting != nullptr, "{} is no setting", name);
        const auto again = catalog::settledKafkaValue(*setting, value);
        MILLRACE_ASSERT(again && *again == value, "{} = {} is not settled", name, value);
    }
    (void)broker::BrokerSettings::from(properties.configs, silentLog());
}
