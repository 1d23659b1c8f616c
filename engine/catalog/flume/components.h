#pragma once

#include "catalog/component_spec.h"

/// The declarations of Flume's components, each defined in the file of its name, in the order of Flume's documentation.
namespace millrace::catalog {

extern const ComponentSpec kAvroSource;
extern const ComponentSpec kThriftSource;
extern const ComponentSpec kExecSource;
extern const ComponentSpec kJmsSource;
extern const ComponentSpec kSpooldirSource;
extern const ComponentSpec kTaildirSource;
extern const ComponentSpec kTwitterSource;
extern const ComponentSpec kKafkaSource;
extern const ComponentSpec kNetcatSource;
extern const ComponentSpec kNetcatUdpSource;
extern const ComponentSpec kSequenceGeneratorSource;
extern const ComponentSpec kSyslogTcpSource;
extern const ComponentSpec kMultiportSyslogTcpSource;
extern const ComponentSpec kSyslogUdpSource;
extern const ComponentSpec kHttpSource;
extern const ComponentSpec kStressSource;
extern const ComponentSpec kScribeSource;
extern const ComponentSpec kAvroLegacySource;
extern const ComponentSpec kThriftLegacySource;
extern const ComponentSpec kEmbeddedSource;

extern const ComponentSpec kMemoryChannel;
extern const ComponentSpec kFileChannel;
extern const ComponentSpec kJdbcChannel;
extern const ComponentSpec kKafkaChannel;
extern const ComponentSpec kSpillableMemoryChannel;
extern const ComponentSpec kPseudoTxnMemoryChannel;

extern const ComponentSpec kNullSink;
extern const ComponentSpec kLoggerSink;
extern const ComponentSpec kFileRollSink;
extern const ComponentSpec kHdfsSink;
extern const ComponentSpec kIrcSink;
extern const ComponentSpec kAvroSink;
extern const ComponentSpec kThriftSink;
extern const ComponentSpec kKafkaSink;
extern const ComponentSpec kHttpSink;
extern const ComponentSpec kHbaseSink;
extern const ComponentSpec kAsyncHbaseSink;
extern const ComponentSpec kHbase2Sink;
extern const ComponentSpec kMorphlineSolrSink;
extern const ComponentSpec kMorphlineSink;
extern const ComponentSpec kHiveSink;
extern const ComponentSpec kKuduSink;
extern const ComponentSpec kElasticsearchSink;
extern const ComponentSpec kDatasetSink;

extern const ComponentSpec kTimestampInterceptor;
extern const ComponentSpec kHostInterceptor;
extern const ComponentSpec kStaticInterceptor;
extern const ComponentSpec kRegexFilterInterceptor;
extern const ComponentSpec kRegexExtractorInterceptor;
extern const ComponentSpec kSearchAndReplaceInterceptor;
extern const ComponentSpec kRemoveHeaderInterceptor;
extern const ComponentSpec kUuidInterceptor;
extern const ComponentSpec kMorphlineInterceptor;

extern const ComponentSpec kReplicatingSelector;
extern const ComponentSpec kMultiplexingSelector;
extern const ComponentSpec kLoadBalancingSelector;

extern const ComponentSpec kDefaultProcessor;
extern const ComponentSpec kFailoverProcessor;
extern const ComponentSpec kLoadBalanceProcessor;

extern const ComponentSpec kBodyTextSerializer;
extern const ComponentSpec kHeaderAndBodyTextSerializer;
extern const ComponentSpec kFlumeEventAvroSerializer;
extern const ComponentSpec kAvroEventSerializer;
extern const ComponentSpec kHdfsWritableSerializer;
extern const ComponentSpec kHdfsTextSerializer;
extern const ComponentSpec kSimpleHbaseSerializer;
extern const ComponentSpec kRegexHbaseSerializer;
extern const ComponentSpec kSimpleHbase2Serializer;
extern const ComponentSpec kRegexHbase2Serializer;
extern const ComponentSpec kSimpleAsyncHbaseSerializer;
extern const ComponentSpec kHiveDelimitedTextSerializer;
extern const ComponentSpec kHiveJsonSerializer;
extern const ComponentSpec kSimpleKuduSerializer;
extern const ComponentSpec kSimpleKeyedKuduSerializer;
extern const ComponentSpec kRegexpKuduSerializer;
extern const ComponentSpec kAvroKuduSerializer;
extern const ComponentSpec kElasticsearchLogstashSerializer;
extern const ComponentSpec kElasticsearchDynamicSerializer;

extern const ComponentSpec kLineDeserializer;
extern const ComponentSpec kAvroEventDeserializer;
extern const ComponentSpec kBlobDeserializer;

extern const ComponentSpec kJsonHandler;
extern const ComponentSpec kCoreBlobHandler;
extern const ComponentSpec kMorphlineBlobHandler;

extern const ComponentSpec kEnvironmentVariableConfigFilter;
extern const ComponentSpec kExternalProcessConfigFilter;
extern const ComponentSpec kHadoopCredentialStoreConfigFilter;

extern const ComponentSpec kDefaultPathManager;
extern const ComponentSpec kRollTimePathManager;

extern const ComponentSpec kJceFileKeyProvider;

extern const ComponentSpec kAesCtrNoPaddingCipherProvider;

extern const ComponentSpec kHttpMonitor;
extern const ComponentSpec kGangliaMonitor;

extern const ComponentSpec kNettyAvroClient;
extern const ComponentSpec kFailoverClient;
extern const ComponentSpec kLoadBalancingClient;
extern const ComponentSpec kThriftClient;

} // namespace millrace::catalog
