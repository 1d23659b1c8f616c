#pragma once

#include "catalog/join.h"

#include <array>
#include <string_view>

/// Properties, choices and counters that several components of Flume have in common, written once.
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

/// Every source.
inline constexpr auto kSourceCommon = std::to_array<PropertySpec>({
    {.name = "type", .required = true, .help = "Alias in any letter case, or the full class name of the source."},
    {.name = "channels",
     .type = PropertyType::list,
     .required = true,
     .apply = ApplyClass::live,
     .help = "Channels that receive every event of this source, separated by blanks."},
    {.name = "selector.type",
     .type = PropertyType::className,
     .defaultValue = "replicating",
     .choices = kSelectors,
     .apply = ApplyClass::live,
     .help = "Decides which of the channels an event goes to."},
    {.name = "selector.*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Settings of the chosen channel selector."},
    {.name = "interceptors",
     .type = PropertyType::list,
     .apply = ApplyClass::live,
     .help =
         "Interceptors that change or drop events before they reach the channels, in this order, separated by blanks."},
    {.name = "interceptors.*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Type and settings of each interceptor, below its name."},
});

/// Every channel.
inline constexpr auto kChannelCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .apply = ApplyClass::lossy,
     .help = "Alias in any letter case, or the full class name of the channel."},
});

/// Every sink.
inline constexpr auto kSinkCommon = std::to_array<PropertySpec>({
    {.name = "type", .required = true, .help = "Alias in any letter case, or the full class name of the sink."},
    {.name = "channel",
     .required = true,
     .apply = ApplyClass::live,
     .help = "The one channel from which this sink takes its events."},
});

/// Sources that listen with TLS (org.apache.flume.source.SslContextAwareAbstractSource).
inline constexpr auto kTlsServer = std::to_array<PropertySpec>({
    {.name = "ssl",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Encrypts connections with TLS, for which a keystore and its password are needed."},
    {.name = "keystore",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Java keystore that holds the certificate and private key of this server."},
    {.name = "keystore-password",
     .type = PropertyType::password,
     .level = PropertyLevel::expert,
     .help = "Password of the keystore."},
    {.name = "keystore-type",
     .type = PropertyType::choice,
     .defaultValue = "JKS",
     .choices = kKeystoreTypes,
     .level = PropertyLevel::expert,
     .help = "Format of the keystore file."},
    {.name = "exclude-protocols",
     .type = PropertyType::list,
     .defaultValue = "SSLv3",
     .level = PropertyLevel::expert,
     .help = "TLS protocol versions that are never accepted, in addition to SSLv3, separated by blanks."},
    {.name = "include-protocols",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only TLS protocol versions that are accepted, separated by blanks, where nothing means all."},
    {.name = "exclude-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Cipher suites that are never accepted, separated by blanks."},
    {.name = "include-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only cipher suites that are accepted, separated by blanks, where nothing means all."},
});

/// Clients that connect with TLS (org.apache.flume.util.SSLUtil).
inline constexpr auto kTlsClient = std::to_array<PropertySpec>({
    {.name = "ssl",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Encrypts the connection to the next hop with TLS."},
    {.name = "truststore",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Java truststore with the certificates that the next hop may present."},
    {.name = "truststore-password",
     .type = PropertyType::password,
     .level = PropertyLevel::expert,
     .help = "Password of the truststore, without which its integrity is not checked."},
    {.name = "truststore-type",
     .type = PropertyType::choice,
     .defaultValue = "JKS",
     .choices = kKeystoreTypes,
     .level = PropertyLevel::expert,
     .help = "Format of the truststore file."},
    {.name = "exclude-protocols",
     .type = PropertyType::list,
     .defaultValue = "SSLv3",
     .level = PropertyLevel::expert,
     .help = "TLS protocol versions that are never used, in addition to SSLv3, separated by blanks."},
    {.name = "include-protocols",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only TLS protocol versions that may be used, separated by blanks."},
    {.name = "exclude-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Cipher suites that are never used, separated by blanks."},
    {.name = "include-cipher-suites",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "The only cipher suites that may be used, separated by blanks."},
});

/// Sources that Flume polls (org.apache.flume.source.PollableSourceConstants).
inline constexpr auto kPolling = std::to_array<PropertySpec>({
    {.name = "backoffSleepIncrement",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Each poll in a row that finds nothing lengthens the pause before the next one by this much."},
    {.name = "maxBackoffSleep",
     .type = PropertyType::duration,
     .defaultValue = "5000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest pause between two polls, also taken after an unexpected error."},
});

/// The Avro client only.
inline constexpr auto kTrustAll = std::to_array<PropertySpec>({
    {.name = "trust-all-certs",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts any certificate of the next hop, which leaves the connection open to impostors."},
});

/// Every syslog source.
inline constexpr auto kSyslogFields = std::to_array<PropertySpec>({
    {.name = "keepFields",
     .defaultValue = "none",
     .choices = kKeptHeaderFields,
     .help = "Header fields that also stay in front of the body, as a list, or all or none of them."},
    {.name = "clientIPHeader",
     .level = PropertyLevel::advanced,
     .help = "Name of the header that takes the IP address of the sender."},
    {.name = "clientHostnameHeader",
     .level = PropertyLevel::advanced,
     .help = "Name of the header that takes the host name of the sender, which may need a slow name lookup."},
});

/// syslogtcp and syslogudp.
inline constexpr auto kSyslogFormat = std::to_array<PropertySpec>({
    {.name = "format.regex",
     .type = PropertyType::regex,
     .level = PropertyLevel::expert,
     .help = "Additional pattern tried first, whose five groups are priority, version, timestamp, host and body."},
    {.name = "format.search",
     .type = PropertyType::regex,
     .level = PropertyLevel::expert,
     .help = "Pattern that is looked for in the timestamp found by the additional pattern."},
    {.name = "format.replace",
     .level = PropertyLevel::expert,
     .help = "Text that replaces what was found in the timestamp."},
    {.name = "format.dateFormat",
     .level = PropertyLevel::expert,
     .help = "Java date pattern by which the timestamp is read in the end."},
});

/// The file channel, and the overflow of the spillable memory channel.
inline constexpr auto kFileStore = std::to_array<PropertySpec>({
    {.name = "checkpointDir",
     .type = PropertyType::path,
     .defaultValue = "~/.flume/file-channel/checkpoint",
     .help = "Directory for the checkpoint, which no other channel may use."},
    {.name = "dataDirs",
     .type = PropertyType::list,
     .defaultValue = "~/.flume/file-channel/data",
     .help = "Directories for the event files, separated by commas and best on separate disks.",
     .separator = ','},
    {.name = "useDualCheckpoints",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Keeps a second copy of the checkpoint."},
    {.name = "backupCheckpointDir",
     .type = PropertyType::path,
     .level = PropertyLevel::advanced,
     .help = "Directory for the second copy of the checkpoint."},
    {.name = "compressBackupCheckpoint",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Compresses the second copy of the checkpoint."},
    {.name = "transactionCapacity",
     .type = PropertyType::integer,
     .defaultValue = "10000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one transaction, at least the batch size of every source and sink on this channel."},
    {.name = "checkpointInterval",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 1000},
     .level = PropertyLevel::advanced,
     .help = "Time between two checkpoints."},
    {.name = "maxFileSize",
     .type = PropertyType::bytes,
     .defaultValue = "1623195647",
     .unit = "bytes",
     .range = {.minimum = 1, .maximum = 1623195647},
     .level = PropertyLevel::advanced,
     .help = "Size at which a new event file is begun."},
    {.name = "minimumRequiredSpace",
     .type = PropertyType::bytes,
     .defaultValue = "524288000",
     .unit = "bytes",
     .range = {.minimum = 1048576},
     .level = PropertyLevel::advanced,
     .help = "Free space on the disk below which the channel refuses events."},
    {.name = "use-log-replay-v1",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Reads the event files after a restart in the old way."},
    {.name = "use-fast-replay",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Rebuilds a missing checkpoint faster but with more memory."},
    {.name = "checkpointOnClose",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Writes a checkpoint when the channel is stopped."},
    {.name = "fsyncPerTransaction",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Forces each transaction to the disk, without which a crash may lose events."},
    {.name = "fsyncInterval",
     .type = PropertyType::duration,
     .defaultValue = "5",
     .unit = "s",
     .level = PropertyLevel::expert,
     .help = "Time between two forced writes when transactions are not forced each."},
    {.name = "encryption.keyProvider",
     .type = PropertyType::className,
     .choices = kKeyProviders,
     .level = PropertyLevel::expert,
     .help = "Where the encryption keys come from."},
    {.name = "encryption.activeKey",
     .level = PropertyLevel::expert,
     .help = "Name of the key that encrypts new events."},
    {.name = "encryption.cipherProvider",
     .type = PropertyType::className,
     .choices = kCipherProviders,
     .level = PropertyLevel::expert,
     .help = "Cipher that encrypts the events."},
    {.name = "encryption.keyProvider.keyStoreFile",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keystore that holds the encryption keys."},
    {.name = "encryption.keyProvider.keyStorePasswordFile",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "File that holds the password of the keystore."},
    {.name = "encryption.keyProvider.keys",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Names of all keys that were ever used, separated by blanks."},
    {.name = "encryption.keyProvider.keys.<key>.passwordFile",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "File that holds the password of this key."},
});

/// The three HBase sinks.
inline constexpr auto kHbaseTable = std::to_array<PropertySpec>({
    {.name = "table", .required = true, .help = "Table to write to, which must exist."},
    {.name = "columnFamily", .required = true, .help = "Column family to write to, which must exist."},
    {.name = "zookeeperQuorum",
     .type = PropertyType::list,
     .level = PropertyLevel::advanced,
     .help = "ZooKeeper servers of the HBase cluster as host:port, all with the same port, separated by commas.",
     .separator = ','},
    {.name = "znodeParent",
     .defaultValue = "/hbase",
     .level = PropertyLevel::advanced,
     .help = "Root node of HBase in ZooKeeper."},
    {.name = "batchSize",
     .type = PropertyType::longInteger,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "coalesceIncrements",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Adds up increments of the same cell within a batch."},
    {.name = "enableWal",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Writes to the log of HBase first, without which a crash may lose rows."},
});

/// The HBase sinks that know Kerberos.
inline constexpr auto kHbaseKerberos = std::to_array<PropertySpec>({
    {.name = "kerberosPrincipal", .level = PropertyLevel::expert, .help = "Kerberos principal for HBase."},
    {.name = "kerberosKeytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
});

/// The three HBase sinks.
inline constexpr auto kHbaseSerializerRest = std::to_array<PropertySpec>({
    {.name = "serializer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen serializer."},
});

/// Both morphline sinks.
inline constexpr auto kMorphline = std::to_array<PropertySpec>({
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "batchDurationMillis",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "A batch that is not full is finished after this time."},
    {.name = "handlerClass",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.solr.morphline.MorphlineHandlerImpl",
     .level = PropertyLevel::expert,
     .help = "Java class that hands events to the morphline."},
    {.name = "morphlineFile",
     .type = PropertyType::path,
     .required = true,
     .help = "File with the morphline configuration."},
    {.name = "morphlineId", .level = PropertyLevel::advanced, .help = "Name of the morphline within the file."},
    {.name = "isProductionMode",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Logs and skips records that fail for good, instead of trying again."},
    {.name = "isIgnoringRecoverableExceptions",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Also skips records that might succeed later."},
    {.name = "morphlineVariable.*",
     .level = PropertyLevel::expert,
     .help = "Variables that are handed to the morphline."},
});

/// Every interceptor.
inline constexpr auto kInterceptorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .apply = ApplyClass::live,
     .help = "Alias in any letter case, or the full class name of the builder of the interceptor."},
});

/// Every channel selector; keys stand below `selector.`.
inline constexpr auto kSelectorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .defaultValue = "replicating",
     .apply = ApplyClass::live,
     .help = "Alias in any letter case, or the full class name of the selector."},
});

/// Every sink processor; keys stand below `processor.`.
inline constexpr auto kProcessorCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .type = PropertyType::choice,
     .required = true,
     .choices = kProcessors,
     .apply = ApplyClass::live,
     .help = "Tells how the sinks of the group share the work."},
});

/// Simple HBase serializers of both generations.
inline constexpr auto kHbaseSimple = std::to_array<PropertySpec>({
    {.name = "rowPrefix", .defaultValue = "default", .help = "Beginning of each row key."},
    {.name = "incrementRow",
     .defaultValue = "incRow",
     .level = PropertyLevel::advanced,
     .help = "Row whose counter is raised by each event."},
    {.name = "suffix",
     .type = PropertyType::choice,
     .defaultValue = "uuid",
     .choices = kRowKeySuffixes,
     .help = "How the rest of the row key is made."},
    {.name = "payloadColumn",
     .defaultValue = "pCol",
     .help = "Column that takes the body, where nothing stores no body."},
    {.name = "incrementColumn",
     .defaultValue = "iCol",
     .level = PropertyLevel::advanced,
     .help = "Column of the counter, where nothing counts nothing."},
});

/// Regex HBase serializers of both generations.
inline constexpr auto kHbaseRegex = std::to_array<PropertySpec>({
    {.name = "regex",
     .type = PropertyType::regex,
     .defaultValue = "(.*)",
     .help = "Pattern that the whole body must match, with a group for each column.",
     .strict = true},
    {.name = "regexIgnoreCase",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Treats capitals and small letters alike."},
    {.name = "colNames",
     .type = PropertyType::list,
     .defaultValue = "payload",
     .help = "Columns of the groups in their order, separated by commas.",
     .separator = ','},
    {.name = "rowKeyIndex",
     .type = PropertyType::integer,
     .defaultValue = "-1",
     .range = {.minimum = -1},
     .level = PropertyLevel::advanced,
     .help = "Place of the group that holds the row key, from 0, where -1 makes a key."},
    {.name = "depositHeaders",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Stores the headers of the event as columns too."},
    {.name = "charset",
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set of the body."},
});

/// Every config filter.
inline constexpr auto kFilterCommon = std::to_array<PropertySpec>({
    {.name = "type",
     .required = true,
     .help = "Alias in any letter case, or the full class name of the config filter."},
});

/// Both path managers of file_roll.
inline constexpr auto kPathNames = std::to_array<PropertySpec>({
    {.name = "prefix", .help = "Beginning of the names of the files."},
    {.name = "extension", .help = "Extension of the names of the files."},
});

/// Every client of the Flume SDK.
inline constexpr auto kClientHosts = std::to_array<PropertySpec>({
    {.name = "hosts",
     .type = PropertyType::list,
     .required = true,
     .help = "Names of the servers given below, separated by blanks."},
    {.name = "hosts.<name>", .required = true, .help = "Address of this server as host:port."},
});

} // namespace millrace::catalog
