#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "port",
     .type = PropertyType::port,
     .defaultValue = "1499",
     .help = "TCP port to listen on, on all addresses of this computer."},
    {.name = "maxReadBufferBytes",
     .type = PropertyType::bytes,
     .defaultValue = "16384000",
     .unit = "bytes",
     .level = PropertyLevel::expert,
     .help = "Longest request that is accepted."},
    {.name = "workerThreads",
     .type = PropertyType::integer,
     .defaultValue = "5",
     .level = PropertyLevel::advanced,
     .help = "Threads that answer requests."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);
constexpr std::string_view kHeadersOut[] = {"category"};

} // namespace

constinit const ComponentSpec kScribeSource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.source.scribe.ScribeSource",
    .title = "scribe",
    .summary = "Receives log entries over the Thrift protocol of Scribe.",
    .artifact = "org.apache.flume.flume-ng-sources:flume-scribe-source",
    .properties = kProperties,
    .listens = {.portKey = "port", .protocol = "scribe"},
    .counters = kSourceCounters,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
