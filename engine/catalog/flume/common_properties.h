#pragma once

#include "catalog/flume/shared_values.h"
#include "catalog/join.h"

/// What every component of a kind has, and what several kinds share.
namespace millrace::catalog {

/// Every source.
inline constexpr auto kSourceCommon = std::to_array<PropertySpec>({
    {.name = "type", .required = true, .help = "Alias in any letter case, or the full class name of the source."},
    {.name = "channels",
     .type = PropertyType::list,
     .required = true,
     .apply = ApplyClass::live,
     .help = "Channels that receive every event of this source, separated by blanks."},
    {.name = "selector.type",
     .type = PropertyType::className,
     .defaultValue = "replicating",
     .choices = kSelectors,
     .apply = ApplyClass::live,
     .help = "Decides which of the channels an event goes to."},
    {.name = "selector.*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Settings of the chosen channel selector."},
    {.name = "interceptors",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help =
         "Interceptors that change or drop events before they reach the channels, in this order, separated by blanks."},
    {.name = "interceptors.*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Type and settings of each interceptor, below its name."},
});

/// Every channel.
inline constexpr auto kChannelCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .apply = ApplyClass::lossy,
     .help = "Alias in any letter case, or the full class name of the channel."},
});

/// Every sink.
inline constexpr auto kSinkCommon = std::to_array<PropertySpec>({
    {.name = "type", .required = true, .help = "Alias in any letter case, or the full class name of the sink."},
    {.name = "channel",
     .required = true,
     .apply = ApplyClass::live,
     .help = "The one channel from which this sink takes its events."},
});

/// Sources that Flume polls (org.apache.flume.source.PollableSourceConstants).
inline constexpr auto kPolling = std::to_array<PropertySpec>({
    {.name = "backoffSleepIncrement",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Each poll in a row that finds nothing lengthens the pause before the next one by this much."},
    {.name = "maxBackoffSleep",
     .type = PropertyType::duration,
     .defaultValue = "5000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest pause between two polls, also taken after an unexpected error."},
});

/// Every interceptor.
inline constexpr auto kInterceptorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .apply = ApplyClass::live,
     .help = "Alias in any letter case, or the full class name of the builder of the interceptor."},
});

/// Every channel selector; keys stand below `selector.`.
inline constexpr auto kSelectorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .defaultValue = "replicating",
     .apply = ApplyClass::live,
     .help = "Alias in any letter case, or the full class name of the selector."},
});

/// Every sink processor; keys stand below `processor.`.
inline constexpr auto kProcessorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .type = PropertyType::choice,
     .required = true,
     .choices = kProcessors,
     .apply = ApplyClass::live,
     .help = "Tells how the sinks of the group share the work."},
});

/// Every config filter.
inline constexpr auto kFilterCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .help = "Alias in any letter case, or the full class name of the config filter."},
});

/// Both path managers of file_roll.
inline constexpr auto kPathNames = std::to_array<PropertySpec>({
    {.name = "prefix", .help = "Beginning of the names of the files."},
    {.name = "extension", .help = "Extension of the names of the files."},
});

/// Every client of the Flume SDK.
inline constexpr auto kClientHosts = std::to_array<PropertySpec>({
    {.name = "hosts",
     .type = PropertyType::list,
     .required = true,
     .help = "Names of the servers given below, separated by blanks."},
    {.name = "hosts.<name>", .required = true, .help = "Address of this server as host:port."},
});

} // namespace millrace::catalog
