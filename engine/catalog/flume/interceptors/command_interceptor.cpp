#include "catalog/flume/command_properties.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kProperties = join(kInterceptorCommon, kCommandCommon, kCommandAnswers);

} // namespace

constinit const ComponentSpec kCommandInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "command",
    .className = "millrace.CommandInterceptor",
    .title = "command",
    .summary = "Has a program of yours change or drop each event.",
    .artifact = "millrace",
    .loadable = false,
    .status = kMillracesOwn,
    .properties = kProperties,
    .check = checkCommandLine,
};

} // namespace millrace::catalog
