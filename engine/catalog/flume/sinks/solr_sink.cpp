#include "catalog/check_support.h"
#include "catalog/flume/command_properties.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kAddresses[] = {"http://localhost:8983/solr/events"};
constexpr std::string_view kBodies[] = {"text", "json"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "url", .required = true, .choices = kAddresses, .help = "Address of the collection or core."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction and sent in one request.",
     .strict = true},
    {.name = "format",
     .type = PropertyType::choice,
     .defaultValue = "text",
     .choices = kBodies,
     .help = "What a body is: text goes into one field, the members of a JSON object become fields.",
     .strict = true},
    {.name = "bodyField", .defaultValue = "body", .help = "Field for a body of text."},
    {.name = "idField",
     .defaultValue = "id",
     .help = "Field of the unique key, filled from the JSON body or the header of this name, else with a random UUID."},
    {.name = "headers",
     .type = PropertyType::list,
     .help = "Headers that become fields of the same name, separated by blanks, where * means all."},
    {.name = "commitWithin",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Time after which documents can be found, where 0 leaves it to the server.",
     .strict = true},
    {.name = "requestTimeout",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Longest time to wait for the answer.",
     .strict = true},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

} // namespace

constinit const ComponentSpec kSolrSink{
    .kind = ComponentKind::sink,
    .alias = "solr",
    .className = "millrace.SolrSink",
    .title = "solr",
    .summary = "Adds events to Apache Solr as documents, where Flume's sink needs a morphline, which only Java runs.",
    .artifact = "millrace",
    .loadable = false,
    .status = kMillracesOwn,
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
