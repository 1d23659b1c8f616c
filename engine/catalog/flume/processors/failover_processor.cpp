#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

#include <map>

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "priority.<sink>",
     .type = PropertyType::integer,
     .apply = ApplyClass::live,
     .help = "Priority of this sink, where the larger number is preferred.",
     .lenient = true},
    {.name = "maxpenalty",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest time that a failed sink is left alone.",
     .lenient = true},
});
constexpr auto kProperties = join(kProcessorCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    std::map<std::int32_t, std::string> taken;
    for (const std::string& key : reader.keysBelow("priority.")) {
        const auto priority = reader.text(key) ? reader.intOr(key, 0) : std::nullopt;
        if (!priority || taken.emplace(*priority, key).second) continue;
        warn(findings, key, "failover-duplicate-priority", {key, std::to_string(*priority)});
    }
}

} // namespace

constinit const ComponentSpec kFailoverProcessor{
    .kind = ComponentKind::sinkProcessor,
    .alias = "failover",
    .className = "org.apache.flume.sink.FailoverSinkProcessor",
    .title = "failover",
    .summary = "Uses the sink with the highest priority and turns to the next one when it fails.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
