#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "keyStoreFile",
     .type = PropertyType::path,
     .required = true,
     .help = "Keystore that holds the encryption keys."},
    {.name = "keyStorePasswordFile",
     .type = PropertyType::path,
     .required = true,
     .help = "File that holds the password of the keystore."},
    {.name = "keys",
     .type = PropertyType::list,
     .required = true,
     .help = "Names of all keys that were ever used, separated by blanks."},
    {.name = "keys.<key>.passwordFile",
     .type = PropertyType::path,
     .help = "File that holds the password of this key."},
};

} // namespace

constinit const ComponentSpec kJceFileKeyProvider{
    .kind = ComponentKind::keyProvider,
    .alias = "JCEKSFILE",
    .className = "org.apache.flume.channel.file.encryption.JCEFileKeyProvider$Builder",
    .title = "JCEKSFILE",
    .summary = "Takes encryption keys from a Java keystore.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-file-channel",
    .properties = kProperties,
};

} // namespace millrace::catalog
