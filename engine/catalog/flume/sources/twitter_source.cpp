#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "consumerKey", .required = true, .help = "Key of the application."},
    {.name = "consumerSecret", .type = PropertyType::password, .required = true, .help = "Secret of the application."},
    {.name = "accessToken", .required = true, .help = "Access token of the account."},
    {.name = "accessTokenSecret",
     .type = PropertyType::password,
     .required = true,
     .help = "Secret of the access token."},
    {.name = "maxBatchSize",
     .type = PropertyType::integer,
     .defaultValue = "1000",
     .help = "Tweets that are packed into one event."},
    {.name = "maxBatchDurationMillis",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "Time after which an unfinished batch is sent on."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);

} // namespace

constinit const ComponentSpec kTwitterSource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.source.twitter.TwitterSource",
    .title = "twitter",
    .summary = "Samples the public Twitter stream, whose interface has been switched off.",
    .artifact = "org.apache.flume.flume-ng-sources:flume-twitter-source",
    .status = "the service that it reads has been switched off",
    .properties = kProperties,
};

} // namespace millrace::catalog
