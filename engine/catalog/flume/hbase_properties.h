#pragma once

#include "catalog/check_support.h"
#include "catalog/flume/shared_values.h"
#include "catalog/join.h"

/// What the HBase sinks and their serializers have in common.
namespace millrace::catalog {

inline constexpr std::string_view kHbaseGateways[] = {"http://localhost:8080"};

/// The three HBase sinks.
inline constexpr auto kHbaseTable = std::to_array<PropertySpec>({
    {.name = "table", .required = true, .help = "Table to write to, which must exist."},
    {.name = "columnFamily", .required = true, .help = "Column family to write to, which must exist."},
    {.name = "restGateway",
     .choices = kHbaseGateways,
     .help = "Address of HBase's REST gateway, which Millrace writes to and Apache Flume does not look at."},
    {.name = "zookeeperQuorum",
     .type = PropertyType::list,
     .level = PropertyLevel::advanced,
     .help = "ZooKeeper servers of the HBase cluster as host:port, all with the same port, separated by commas.",
     .separator = ','},
    {.name = "znodeParent",
     .defaultValue = "/hbase",
     .level = PropertyLevel::advanced,
     .help = "Root node of HBase in ZooKeeper."},
    {.name = "batchSize",
     .type = PropertyType::longInteger,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "coalesceIncrements",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Adds up increments of the same cell within a batch."},
    {.name = "enableWal",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Writes to the log of HBase first, without which a crash may lose rows."},
});

/// The HBase sinks that know Kerberos.
inline constexpr auto kHbaseKerberos = std::to_array<PropertySpec>({
    {.name = "kerberosPrincipal", .level = PropertyLevel::expert, .help = "Kerberos principal for HBase."},
    {.name = "kerberosKeytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
});

/// The three HBase sinks.
inline constexpr auto kHbaseSerializerRest = std::to_array<PropertySpec>({
    {.name = "serializer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen serializer."},
});

/// What Apache Flume runs and this version cannot.
inline void checkHbaseHere(const PropertyReader& reader, std::vector<Finding>& findings) {
    if (!reader.has("restGateway")) warn(findings, "restGateway", "hbase-needs-gateway", {"restGateway"});
    if (reader.has("kerberosPrincipal"))
        warn(findings, "kerberosPrincipal", "hbase-kerberos-flume-only", {"kerberosPrincipal"});
}

/// Simple HBase serializers of both generations.
inline constexpr auto kHbaseSimple = std::to_array<PropertySpec>({
    {.name = "rowPrefix", .defaultValue = "default", .help = "Beginning of each row key."},
    {.name = "incrementRow",
     .defaultValue = "incRow",
     .level = PropertyLevel::advanced,
     .help = "Row whose counter is raised by each event."},
    {.name = "suffix",
     .type = PropertyType::choice,
     .defaultValue = "uuid",
     .choices = kRowKeySuffixes,
     .help = "How the rest of the row key is made."},
    {.name = "payloadColumn",
     .defaultValue = "pCol",
     .help = "Column that takes the body, where nothing stores no body."},
    {.name = "incrementColumn",
     .defaultValue = "iCol",
     .level = PropertyLevel::advanced,
     .help = "Column of the counter, where nothing counts nothing."},
});

/// Regex HBase serializers of both generations.
inline constexpr auto kHbaseRegex = std::to_array<PropertySpec>({
    {.name = "regex",
     .type = PropertyType::regex,
     .defaultValue = "(.*)",
     .help = "Pattern that the whole body must match, with a group for each column.",
     .strict = true},
    {.name = "regexIgnoreCase",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Treats capitals and small letters alike."},
    {.name = "colNames",
     .type = PropertyType::list,
     .defaultValue = "payload",
     .help = "Columns of the groups in their order, separated by commas.",
     .separator = ','},
    {.name = "rowKeyIndex",
     .type = PropertyType::integer,
     .defaultValue = "-1",
     .range = {.minimum = -1},
     .level = PropertyLevel::advanced,
     .help = "Place of the group that holds the row key, from 0, where -1 makes a key."},
    {.name = "depositHeaders",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Stores the headers of the event as columns too."},
    {.name = "charset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set of the body.",
     .strict = true},
});

} // namespace millrace::catalog
