#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kSerializers[] = {"DELIMITED", "JSON"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hive.metastore", .required = true, .help = "Address of the Hive metastore, such as thrift://host:9083."},
    {.name = "hive.database",
     .required = true,
     .help = "Database of the table, in which %{header} and time escapes are replaced."},
    {.name = "hive.table",
     .required = true,
     .help = "Table to write to, in which %{header} and time escapes are replaced."},
    {.name = "hive.partition",
     .type = PropertyType::list,
     .help = "Values of the partition columns, separated by commas, in which escapes are replaced.",
     .separator = ','},
    {.name = "hive.txnsPerBatchAsk",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Transactions that are asked of Hive at a time."},
    {.name = "heartBeatInterval",
     .type = PropertyType::duration,
     .defaultValue = "240",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Time between two signs of life to Hive, where 0 sends none."},
    {.name = "autoCreatePartitions",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Creates partitions that are missing."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "15000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction.",
     .strict = true},
    {.name = "maxOpenConnections",
     .type = PropertyType::integer,
     .defaultValue = "500",
     .range = {.minimum = 1},
     .level = PropertyLevel::expert,
     .help = "Most connections to Hive at a time."},
    {.name = "callTimeout",
     .type = PropertyType::duration,
     .defaultValue = "10000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::expert,
     .help = "Longest time for one call of Hive."},
    {.name = "idleTimeout",
     .type = PropertyType::integer,
     .defaultValue = "0",
     .range = {.minimum = 0},
     .level = PropertyLevel::expert,
     .help = "A connection without use for this long is closed, where 0 sets no limit."},
    {.name = "serializer",
     .type = PropertyType::className,
     .required = true,
     .choices = kSerializers,
     .help = "How the body of an event is read as a row.",
     .strict = true},
    {.name = "serializer.delimiter",
     .defaultValue = ",",
     .level = PropertyLevel::advanced,
     .help = "Separator of the fields in the body, in double quotes when it is a special character."},
    {.name = "serializer.fieldnames",
     .type = PropertyType::list,
     .help = "Columns of the fields in their order, separated by commas, where an empty name skips a field.",
     .separator = ','},
    {.name = "serializer.serdeSeparator",
     .level = PropertyLevel::expert,
     .help = "Single character that separates fields inside Hive."},
    {.name = "round",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Rounds times in escapes down."},
    {.name = "roundUnit",
     .type = PropertyType::choice,
     .defaultValue = "minute",
     .choices = kTimeUnits,
     .level = PropertyLevel::advanced,
     .help = "Unit to which times are rounded."},
    {.name = "roundValue",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .level = PropertyLevel::advanced,
     .help = "Times are rounded down to a multiple of this many units."},
    {.name = "timeZone",
     .level = PropertyLevel::advanced,
     .help = "Time zone for the escapes, by default that of the computer."},
    {.name = "useLocalTimeStamp",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Takes the time for escapes from the clock instead of the header timestamp."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkRounding(reader, "", "minute", findings);
    if (equalsIgnoringCase(reader.textOr("serializer", ""), "DELIMITED") && !reader.has("serializer.fieldnames")) {
        refuse(findings, "serializer.fieldnames", "hive-fieldnames-missing", {"serializer.fieldnames"});
    }
    if (findings.empty())
        findings.push_back(makeFinding(Finding::Effect::information, "hive.metastore", "hive-elsewhere", {}));
}

} // namespace

constinit const ComponentSpec kHiveSink{
    .kind = ComponentKind::sink,
    .alias = "hive",
    .className = "org.apache.flume.sink.hive.HiveSink",
    .title = "hive",
    .summary = "Streams events into a transactional table of Hive.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hive-sink",
    .status = "preview",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "15000",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
