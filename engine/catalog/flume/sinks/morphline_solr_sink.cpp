#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/morphline_properties.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "recoverableExceptionClasses",
     .type = PropertyType::list,
     .defaultValue = "org.apache.solr.client.solrj.SolrServerException",
     .level = PropertyLevel::expert,
     .help = "Java exceptions after which another attempt may succeed, separated by commas.",
     .separator = ','},
});
constexpr auto kProperties = join(kSinkCommon, kMorphline, kOwn);

void check(const Properties&, std::vector<Finding>& findings) {
    findings.push_back(makeFinding(Finding::Effect::information, "morphlineFile", "morphline-needs-java", {}));
}

} // namespace

constinit const ComponentSpec kMorphlineSolrSink{
    .kind = ComponentKind::sink,
    .alias = "morphline_solr",
    .className = "org.apache.flume.sink.solr.morphline.MorphlineSolrSink",
    .title = "morphline_solr",
    .summary = "Passes events through a morphline, usually into Solr.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "1000",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
