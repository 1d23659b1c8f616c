#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "java/joda_time.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kMillis = "org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer";
constexpr std::string_view kSerializers[] = {
    "DEFAULT", "org.apache.flume.interceptor.RegexExtractorInterceptorPassThroughSerializer", kMillis};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "regex",
     .type = PropertyType::regex,
     .required = true,
     .apply = ApplyClass::live,
     .help = "Pattern that is looked for in the body, with a group for each header.",
     .strict = true},
    {.name = "serializers",
     .type = PropertyType::list,
     .required = true,
     .apply = ApplyClass::live,
     .help = "Names of the group settings below, in the order of the groups, separated by blanks."},
    {.name = "serializers.<name>.type",
     .type = PropertyType::className,
     .defaultValue = "DEFAULT",
     .choices = kSerializers,
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Class that changes the found text, where the built-in one is written DEFAULT in capitals.",
     .strict = true},
    {.name = "serializers.<name>.name",
     .required = true,
     .apply = ApplyClass::live,
     .help = "Name of the header for this group."},
    {.name = "serializers.<name>.pattern",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Joda time pattern by which the millisecond serializer reads the found text."},
    {.name = "serializers.*",
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Further settings of an own serializer."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

void checkMillis(const PropertyReader& reader, const std::string& serializer, std::vector<Finding>& findings) {
    const std::string key = "serializers." + serializer + ".pattern";
    if (!reader.has(key)) return refuse(findings, key, "missing-required", {key});
    const auto pattern = reader.text(key);
    const auto problem = pattern ? java::jodaProblem(*pattern) : std::nullopt;
    if (problem) refuse(findings, key, "time-pattern-refused", {key, *problem});
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    for (const std::string& serializer : splitList(reader.textOr("serializers", ""))) {
        const std::string typeKey = "serializers." + serializer + ".type",
                          nameKey = "serializers." + serializer + ".name";
        if (!reader.has(nameKey)) refuse(findings, nameKey, "extractor-serializer-name-missing", {nameKey});
        const std::string type = reader.textOr(typeKey, "DEFAULT");
        // Unlike every other alias this one is compared with its case; anything else is loaded as a class.
        if (type != "DEFAULT" && equalsIgnoringCase(type, "DEFAULT")) {
            refuse(findings, typeKey, "extractor-serializer-case", {typeKey, type}, "DEFAULT");
        }
        if (type == kMillis) checkMillis(reader, serializer, findings);
    }
}

} // namespace

constinit const ComponentSpec kRegexExtractorInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "regex_extractor",
    .className = "org.apache.flume.interceptor.RegexExtractorInterceptor$Builder",
    .title = "regex_extractor",
    .summary = "Copies what the groups of a pattern find in the body into headers.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
