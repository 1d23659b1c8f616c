#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "searchPattern",
     .type = PropertyType::regex,
     .required = true,
     .apply = ApplyClass::live,
     .help = "Pattern to look for in the body.",
     .strict = true},
    {.name = "replaceString",
     .apply = ApplyClass::live,
     .help = "Text that replaces each match, where $1 stands for the first group."},
    {.name = "charset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .apply = ApplyClass::live,
     .help = "Character set of the body.",
     .strict = true},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

} // namespace

constinit const ComponentSpec kSearchAndReplaceInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "search_replace",
    .className = "org.apache.flume.interceptor.SearchAndReplaceInterceptor$Builder",
    .title = "search_replace",
    .summary = "Replaces every match of a pattern in the body.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
