#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/morphline_properties.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "recoverableExceptionClasses",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Java exceptions after which another attempt may succeed, separated by commas.",
     .separator = ','},
});
constexpr auto kProperties = join(kSinkCommon, kMorphline, kOwn);

} // namespace

constinit const ComponentSpec kMorphlineSink{
    .kind = ComponentKind::sink,
    .className = "org.apache.flume.sink.solr.morphline.MorphlineSink",
    .title = "morphline",
    .summary = "Passes events through a morphline that decides where they go.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "1000",
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
