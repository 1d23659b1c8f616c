#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kMissingColumnPolicys[] = {"REJECT", "WARN", "IGNORE"};
constexpr PropertySpec kProperties[] = {
    {.name = "pattern",
     .type = PropertyType::regex,
     .required = true,
     .help = "Pattern with a named group for each column.",
     .strict = true},
    {.name = "encoding",
     .type = PropertyType::charset,
     .defaultValue = "utf-8",
     .help = "Character set of the body.",
     .strict = true},
    {.name = "operation",
     .type = PropertyType::choice,
     .defaultValue = "upsert",
     .choices = kKuduOperations,
     .help = "Replaces rows whose key exists already, or refuses them.",
     .strict = true},
    {.name = "missingColumnPolicy",
     .type = PropertyType::choice,
     .defaultValue = "REJECT",
     .choices = kMissingColumnPolicys,
     .level = PropertyLevel::advanced,
     .help = "What happens when a group has no column."},
    {.name = "badColumnValuePolicy",
     .type = PropertyType::choice,
     .defaultValue = "REJECT",
     .choices = kMissingColumnPolicys,
     .level = PropertyLevel::advanced,
     .help = "What happens when a text does not fit its column."},
    {.name = "unmatchedRowPolicy",
     .type = PropertyType::choice,
     .defaultValue = "WARN",
     .choices = kMissingColumnPolicys,
     .level = PropertyLevel::advanced,
     .help = "What happens to an event that does not match."},
    {.name = "skipMissingColumn",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Old switch for missingColumnPolicy.",
     .deprecated = true,
     .replacedBy = "missingColumnPolicy"},
    {.name = "skipBadColumnValue",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Old switch for badColumnValuePolicy.",
     .deprecated = true,
     .replacedBy = "badColumnValuePolicy"},
    {.name = "skipUnmatchedRows",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Old switch for unmatchedRowPolicy.",
     .deprecated = true,
     .replacedBy = "unmatchedRowPolicy"},
};

} // namespace

constinit const ComponentSpec kRegexpKuduSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.kudu.RegexpKuduOperationsProducer",
    .title = "RegexpKudu",
    .summary = "Writes the named groups of a pattern to columns of the same names.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kudu-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
