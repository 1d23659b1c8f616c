#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "maxBytesToLog",
     .type = PropertyType::integer,
     .defaultValue = "16",
     .unit = "bytes",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Bytes of the body that are shown, a setting that Flume 1.11 ignores.",
     .lenient = true},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    if (!PropertyReader(properties).has("maxBytesToLog")) return;
    findings.push_back(
        makeFinding(Finding::Effect::information, "maxBytesToLog", "logger-max-bytes-ignored", {"maxBytesToLog"}));
}

} // namespace

constinit const ComponentSpec kLoggerSink{
    .kind = ComponentKind::sink,
    .alias = "logger",
    .className = "org.apache.flume.sink.LoggerSink",
    .title = "logger",
    .summary = "Writes each event to the log of the agent, its body shortened.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
