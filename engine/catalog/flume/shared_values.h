#pragma once

#include <string_view>

/// Choices and counters that several components have, written once.
namespace millrace::catalog {

inline constexpr std::string_view kSelectors[] = {"replicating", "multiplexing"};
inline constexpr std::string_view kCompressions[] = {"none", "deflate"};
inline constexpr std::string_view kKeystoreTypes[] = {"JKS", "PKCS12"};
inline constexpr std::string_view kThriftProtocols[] = {"compact", "binary"};
inline constexpr std::string_view kKafkaSecurity[] = {"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"};
inline constexpr std::string_view kProcessors[] = {"default", "failover", "load_balance"};
inline constexpr std::string_view kKeptHeaderFields[] = {"none", "all", "priority", "version", "timestamp", "hostname"};
inline constexpr std::string_view kRowKeySuffixes[] = {"uuid", "random", "timestamp", "nano"};
inline constexpr std::string_view kKuduOperations[] = {"insert", "upsert"};
inline constexpr std::string_view kTimeUnits[] = {"second", "minute", "hour"};
inline constexpr std::string_view kKeyProviders[] = {"JCEKSFILE"};
inline constexpr std::string_view kCipherProviders[] = {"AESCTRNOPADDING"};
inline constexpr std::string_view kSourceCounters[] = {"EventReceivedCount",
                                                       "EventAcceptedCount",
                                                       "AppendReceivedCount",
                                                       "AppendAcceptedCount",
                                                       "AppendBatchReceivedCount",
                                                       "AppendBatchAcceptedCount",
                                                       "OpenConnectionCount",
                                                       "EventReadFail",
                                                       "ChannelWriteFail",
                                                       "GenericProcessingFail",
                                                       "StartTime",
                                                       "StopTime",
                                                       "Type"};
inline constexpr std::string_view kChannelCounters[] = {"ChannelSize",
                                                        "ChannelCapacity",
                                                        "ChannelFillPercentage",
                                                        "EventPutAttemptCount",
                                                        "EventPutSuccessCount",
                                                        "EventTakeAttemptCount",
                                                        "EventTakeSuccessCount",
                                                        "StartTime",
                                                        "StopTime",
                                                        "Type"};
inline constexpr std::string_view kSinkCounters[] = {"ConnectionCreatedCount",
                                                     "ConnectionClosedCount",
                                                     "ConnectionFailedCount",
                                                     "BatchEmptyCount",
                                                     "BatchUnderflowCount",
                                                     "BatchCompleteCount",
                                                     "EventDrainAttemptCount",
                                                     "EventDrainSuccessCount",
                                                     "EventWriteFail",
                                                     "ChannelReadFail",
                                                     "StartTime",
                                                     "StopTime",
                                                     "Type"};

} // namespace millrace::catalog
