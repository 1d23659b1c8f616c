#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kSerializers[] = {"TEXT", "HEADER_AND_TEXT", "AVRO_EVENT"};
constexpr std::string_view kPathManagers[] = {"DEFAULT", "ROLLTIME"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "sink.directory",
     .type = PropertyType::path,
     .required = true,
     .help = "Directory for the files, which must exist in Apache Flume."},
    {.name = "sink.rollInterval",
     .type = PropertyType::duration,
     .defaultValue = "30",
     .unit = "s",
     .range = {.minimum = 0},
     .help = "Time after which a new file is begun, where 0 keeps to one file."},
    {.name = "sink.batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "sink.serializer",
     .type = PropertyType::className,
     .defaultValue = "TEXT",
     .choices = kSerializers,
     .help = "How an event is written to the file."},
    {.name = "sink.serializer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen serializer."},
    {.name = "sink.pathManager",
     .type = PropertyType::className,
     .defaultValue = "DEFAULT",
     .choices = kPathManagers,
     .level = PropertyLevel::advanced,
     .help = "How the files are named.",
     .strict = true},
    {.name = "sink.pathManager.prefix",
     .level = PropertyLevel::advanced,
     .help = "Beginning of the names of the files."},
    {.name = "sink.pathManager.extension",
     .level = PropertyLevel::advanced,
     .help = "Extension of the names of the files."},
    {.name = "sink.pathManager.*",
     .level = PropertyLevel::expert,
     .help = "Further settings of the chosen path manager."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "sink.serializer", .prefix = "sink.serializer."},
    {.kind = ComponentKind::pathManager,
     .key = "sink.pathManager",
     .prefix = "sink.pathManager.",
     .madeByConfigure = true},
};

} // namespace

constinit const ComponentSpec kFileRollSink{
    .kind = ComponentKind::sink,
    .alias = "file_roll",
    .className = "org.apache.flume.sink.RollingFileSink",
    .title = "file_roll",
    .summary = "Writes events to files of a local directory and begins a new file at set times.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "sink.batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
