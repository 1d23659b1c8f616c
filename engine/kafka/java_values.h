#pragma once

#include "base/result.h"
#include "kafka/connection_config.h"

#include <string_view>

/// Values that the Java client writes in another way than librdkafka. Each function puts what the value means into
/// `out` or says why it cannot.
namespace millrace::kafka::java_values {

Status retryBackoff(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status requestTimeout(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status compressionLevel(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status partitioner(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status partitionerIgnoresKeys(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status offsetReset(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status assignors(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status groupProtocol(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status jaasConfig(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status hostNameCheck(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status disableHostNameCheck(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status cipherSuites(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status keystore(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
/// Sets nothing: keystore and truststore read it, and it is not to be called without effect.
Status typeOfStore(std::string_view value, const JavaProperties& all, ConnectionConfig& out);
Status truststore(std::string_view value, const JavaProperties& all, ConnectionConfig& out);

} // namespace millrace::kafka::java_values
