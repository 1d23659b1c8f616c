#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kTypes[] = {"DERBY", "MYSQL"};
constexpr std::string_view kTransactionIsolations[] = {"READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ",
                                                       "SERIALIZABLE"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "db.type",
     .type = PropertyType::choice,
     .defaultValue = "DERBY",
     .choices = kTypes,
     .help = "Kind of the database.",
     .strict = true},
    {.name = "driver.class",
     .type = PropertyType::className,
     .defaultValue = "org.apache.derby.jdbc.EmbeddedDriver",
     .level = PropertyLevel::advanced,
     .help = "Java class of the database driver."},
    {.name = "driver.url", .help = "JDBC address of the database, by default an embedded one in the home directory."},
    {.name = "db.username", .defaultValue = "sa", .help = "User name for the database."},
    {.name = "db.password", .type = PropertyType::password, .help = "Password for the database."},
    {.name = "connection.properties.file",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "File with further settings of the connection."},
    {.name = "create.schema",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Creates the tables when they are missing."},
    {.name = "create.index",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Creates indexes when they are missing."},
    {.name = "create.foreignkey",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Creates foreign keys when they are missing."},
    {.name = "transaction.isolation",
     .type = PropertyType::choice,
     .defaultValue = "READ_COMMITTED",
     .choices = kTransactionIsolations,
     .level = PropertyLevel::expert,
     .help = "How far transactions of the database are kept apart.",
     .strict = true},
    {.name = "maximum.connections",
     .type = PropertyType::integer,
     .defaultValue = "10",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Most connections to the database at a time."},
    {.name = "maximum.capacity",
     .type = PropertyType::longInteger,
     .defaultValue = "0",
     .unit = "events",
     .range = {.minimum = 0},
     .help = "Most events that can wait in the channel, where 0 sets no bound."},
    {.name = "sysprop.*", .level = PropertyLevel::expert, .help = "Java system properties to set for the driver."},
    {.name = "org.apache.flume.channel.jdbc.*",
     .level = PropertyLevel::expert,
     .help = "Old long names of the settings of this channel.",
     .deprecated = true},
});
constexpr auto kProperties = join(kChannelCommon, kOwn);

} // namespace

constinit const ComponentSpec kJdbcChannel{
    .kind = ComponentKind::channel,
    .alias = "jdbc",
    .className = "org.apache.flume.channel.jdbc.JdbcChannel",
    .title = "jdbc",
    .summary = "Keeps events in a database, by default an embedded one.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-jdbc-channel",
    .properties = kProperties,
};

} // namespace millrace::catalog
