#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "optional",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help = "Channels whose failures are ignored, separated by blanks."},
});
constexpr auto kProperties = join(kSelectorCommon, kOwn);

} // namespace

constinit const ComponentSpec kReplicatingSelector{
    .kind = ComponentKind::channelSelector,
    .alias = "replicating",
    .className = "org.apache.flume.channel.ReplicatingChannelSelector",
    .title = "replicating",
    .summary = "Sends every event to all channels of the source.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
