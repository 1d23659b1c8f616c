#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "regex",
     .type = PropertyType::regex,
     .defaultValue = ".*",
     .apply = ApplyClass::live,
     .help = "Pattern that is looked for anywhere in the body.",
     .strict = true},
    {.name = "excludeEvents",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .apply = ApplyClass::live,
     .help = "Drops the events that match instead of the others."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

} // namespace

constinit const ComponentSpec kRegexFilterInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "regex_filter",
    .className = "org.apache.flume.interceptor.RegexFilteringInterceptor$Builder",
    .title = "regex_filter",
    .summary = "Keeps only events whose body matches a pattern, or only those that do not.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
