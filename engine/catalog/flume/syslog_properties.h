#pragma once

#include "catalog/flume/shared_values.h"
#include "catalog/join.h"

/// What the syslog sources have in common.
namespace millrace::catalog {

/// Every syslog source.
inline constexpr auto kSyslogFields = std::to_array<PropertySpec>({
    {.name = "keepFields",
     .defaultValue = "none",
     .choices = kKeptHeaderFields,
     .help = "Header fields that also stay in front of the body, as a list, or all or none of them."},
    {.name = "clientIPHeader",
     .level = PropertyLevel::advanced,
     .help = "Name of the header that takes the IP address of the sender."},
    {.name = "clientHostnameHeader",
     .level = PropertyLevel::advanced,
     .help = "Name of the header that takes the host name of the sender, which may need a slow name lookup."},
});

/// syslogtcp and syslogudp.
inline constexpr auto kSyslogFormat = std::to_array<PropertySpec>({
    {.name = "format.regex",
     .type = PropertyType::regex,
     .level = PropertyLevel::expert,
     .help = "Additional pattern tried first, whose five groups are priority, version, timestamp, host and body."},
    {.name = "format.search",
     .type = PropertyType::regex,
     .level = PropertyLevel::expert,
     .help = "Pattern that is looked for in the timestamp found by the additional pattern."},
    {.name = "format.replace",
     .level = PropertyLevel::expert,
     .help = "Text that replaces what was found in the timestamp."},
    {.name = "format.dateFormat",
     .level = PropertyLevel::expert,
     .help = "Java date pattern by which the timestamp is read in the end."},
});

} // namespace millrace::catalog
