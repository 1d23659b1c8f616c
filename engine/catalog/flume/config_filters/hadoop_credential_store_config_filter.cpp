#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "credential.provider.path", .required = true, .help = "Address of the credential store."},
    {.name = "credstore.java-keystore-provider.password-file",
     .type = PropertyType::path,
     .level = PropertyLevel::advanced,
     .help = "File on the class path that holds the password of the store."},
});
constexpr auto kProperties = join(kFilterCommon, kOwn);

} // namespace

constinit const ComponentSpec kHadoopCredentialStoreConfigFilter{
    .kind = ComponentKind::configFilter,
    .alias = "hadoop",
    .className = "org.apache.flume.configfilter.HadoopCredentialStoreConfigFilter",
    .title = "hadoop",
    .summary = "Fills in values from a Hadoop credential store.",
    .artifact = "org.apache.flume:flume-ng-hadoop-credential-store-config-filter",
    .properties = kProperties,
};

} // namespace millrace::catalog
