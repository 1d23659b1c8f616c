#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "withName", .apply = ApplyClass::live, .help = "Name of one header to remove."},
    {.name = "fromList",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help = "Names of headers to remove.",
     .separator = ','},
    {.name = "fromListSeparator",
     .type = PropertyType::regex,
     .defaultValue = "\\s*,\\s*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Pattern that separates the names in the list."},
    {.name = "matching",
     .type = PropertyType::regex,
     .apply = ApplyClass::live,
     .help = "Removes every header whose whole name matches this pattern.",
     .strict = true},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    if (reader.has("withName") || reader.has("fromList") || reader.has("matching")) return;
    warn(findings, "withName", "remove-header-nothing", {});
}

} // namespace

constinit const ComponentSpec kRemoveHeaderInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "remove_header",
    .className = "org.apache.flume.interceptor.RemoveHeaderInterceptor$Builder",
    .title = "remove_header",
    .summary = "Removes headers by name, list or pattern.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
