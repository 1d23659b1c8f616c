#include "catalog/flume/components.h"

namespace millrace::catalog {

const Catalog& flumeCatalog() {
    static const Catalog catalog({
        &kAvroSource,
        &kThriftSource,
        &kExecSource,
        &kJmsSource,
        &kSpooldirSource,
        &kTaildirSource,
        &kTwitterSource,
        &kKafkaSource,
        &kNetcatSource,
        &kNetcatUdpSource,
        &kSequenceGeneratorSource,
        &kSyslogTcpSource,
        &kMultiportSyslogTcpSource,
        &kSyslogUdpSource,
        &kHttpSource,
        &kStressSource,
        &kScribeSource,
        &kAvroLegacySource,
        &kThriftLegacySource,
        &kEmbeddedSource,

        &kMemoryChannel,
        &kFileChannel,
        &kJdbcChannel,
        &kKafkaChannel,
        &kSpillableMemoryChannel,
        &kPseudoTxnMemoryChannel,

        &kNullSink,
        &kLoggerSink,
        &kFileRollSink,
        &kHdfsSink,
        &kIrcSink,
        &kAvroSink,
        &kThriftSink,
        &kKafkaSink,
        &kHttpSink,
        &kHbaseSink,
        &kAsyncHbaseSink,
        &kHbase2Sink,
        &kMorphlineSolrSink,
        &kMorphlineSink,
        &kHiveSink,
        &kKuduSink,
        &kElasticsearchSink,
        &kDatasetSink,

        &kTimestampInterceptor,
        &kHostInterceptor,
        &kStaticInterceptor,
        &kRegexFilterInterceptor,
        &kRegexExtractorInterceptor,
        &kSearchAndReplaceInterceptor,
        &kRemoveHeaderInterceptor,
        &kUuidInterceptor,
        &kMorphlineInterceptor,

        &kReplicatingSelector,
        &kMultiplexingSelector,
        &kLoadBalancingSelector,

        &kDefaultProcessor,
        &kFailoverProcessor,
        &kLoadBalanceProcessor,

        &kBodyTextSerializer,
        &kHeaderAndBodyTextSerializer,
        &kFlumeEventAvroSerializer,
        &kAvroEventSerializer,
        &kHdfsWritableSerializer,
        &kHdfsTextSerializer,
        &kSimpleHbaseSerializer,
        &kRegexHbaseSerializer,
        &kSimpleHbase2Serializer,
        &kRegexHbase2Serializer,
        &kSimpleAsyncHbaseSerializer,
        &kHiveDelimitedTextSerializer,
        &kHiveJsonSerializer,
        &kSimpleKuduSerializer,
        &kSimpleKeyedKuduSerializer,
        &kRegexpKuduSerializer,
        &kAvroKuduSerializer,
        &kElasticsearchLogstashSerializer,
        &kElasticsearchDynamicSerializer,

        &kLineDeserializer,
        &kAvroEventDeserializer,
        &kBlobDeserializer,

        &kJsonHandler,
        &kCoreBlobHandler,
        &kMorphlineBlobHandler,

        &kEnvironmentVariableConfigFilter,
        &kExternalProcessConfigFilter,
        &kHadoopCredentialStoreConfigFilter,

        &kDefaultPathManager,
        &kRollTimePathManager,

        &kJceFileKeyProvider,

        &kAesCtrNoPaddingCipherProvider,

        &kHttpMonitor,
        &kGangliaMonitor,

        &kNettyAvroClient,
        &kFailoverClient,
        &kLoadBalancingClient,
        &kThriftClient,
    });
    return catalog;
}

} // namespace millrace::catalog
