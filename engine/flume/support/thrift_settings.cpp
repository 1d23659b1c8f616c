#include "flume/support/thrift_settings.h"

namespace millrace::flume {

Result<rpc::ThriftProtocol> readThriftProtocol(Settings& settings) {
    const std::string protocol = settings.text("protocol");
    if (settings.flag("kerberos"))
        return Error{ErrorCode::unsupported,
                     settings.who() +
                         ": kerberos = true does not run here; use ssl = true at both ends, or Apache Flume",
                     false};
    return protocol == "binary" ? rpc::ThriftProtocol::binary : rpc::ThriftProtocol::compact;
}

} // namespace millrace::flume
