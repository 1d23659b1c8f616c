#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kEntityParsers[] = {"avro"};
constexpr std::string_view kFailurePolicys[] = {"retry", "save"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "kite.dataset.uri", .required = true, .help = "Address of the dataset to write to."},
    {.name = "kite.repo.uri",
     .level = PropertyLevel::expert,
     .help = "Old way to name the repository, replaced by kite.dataset.uri.",
     .deprecated = true,
     .replacedBy = "kite.dataset.uri"},
    {.name = "kite.dataset.namespace",
     .defaultValue = "default",
     .level = PropertyLevel::expert,
     .help = "Old way to name the namespace, replaced by kite.dataset.uri.",
     .deprecated = true,
     .replacedBy = "kite.dataset.uri"},
    {.name = "kite.dataset.name",
     .level = PropertyLevel::expert,
     .help = "Old way to name the dataset, replaced by kite.dataset.uri.",
     .deprecated = true,
     .replacedBy = "kite.dataset.uri"},
    {.name = "kite.batchSize",
     .type = PropertyType::longInteger,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "kite.rollInterval",
     .type = PropertyType::duration,
     .defaultValue = "30",
     .unit = "s",
     .level = PropertyLevel::advanced,
     .help = "Time after which a new file is begun."},
    {.name = "kite.flushable.commiteOnBatch",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Flushes after each batch, a key that is really spelt this way."},
    {.name = "kite.syncable.syncOnBatch",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Forces data to the disk after each batch."},
    {.name = "kite.entityParser",
     .type = PropertyType::choice,
     .defaultValue = "avro",
     .choices = kEntityParsers,
     .level = PropertyLevel::expert,
     .help = "Format in which bodies are read."},
    {.name = "kite.failurePolicy",
     .type = PropertyType::choice,
     .defaultValue = "retry",
     .choices = kFailurePolicys,
     .level = PropertyLevel::advanced,
     .help = "What happens to an event that cannot be written."},
    {.name = "kite.error.dataset.uri",
     .level = PropertyLevel::advanced,
     .help = "Dataset that takes the events that could not be written."},
    {.name = "auth.kerberosPrincipal", .level = PropertyLevel::expert, .help = "Kerberos principal for the dataset."},
    {.name = "auth.kerberosKeytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
    {.name = "auth.proxyUser", .level = PropertyLevel::expert, .help = "User in whose name files are written."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

} // namespace

constinit const ComponentSpec kDatasetSink{
    .kind = ComponentKind::sink,
    .className = "org.apache.flume.sink.kite.DatasetSink",
    .title = "dataset",
    .summary = "Wrote events to a Kite dataset and is no longer part of Flume.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-dataset-sink",
    .loadable = false,
    .status = "removed in Flume 1.10",
    .properties = kProperties,
    .batchProperty = "kite.batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
