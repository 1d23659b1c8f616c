#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kAesCtrNoPaddingCipherProvider{
    .kind = ComponentKind::cipherProvider,
    .alias = "AESCTRNOPADDING",
    .className = "org.apache.flume.channel.file.encryption.AESCTRNoPaddingProvider",
    .title = "AESCTRNOPADDING",
    .summary = "Encrypts events of the file channel with AES in counter mode.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-file-channel",
};

} // namespace millrace::catalog
