#include "catalog/support/findings.h"
#include "support/test_program.h"

using namespace millrace::catalog;
using namespace millrace::catalog::test;

namespace {

constexpr const char* kKafkaSink = "org.apache.flume.sink.kafka.KafkaSink";
constexpr const char* kKafkaChannel = "org.apache.flume.channel.kafka.KafkaChannel";

} // namespace

class TestCheckSinks : public QObject {
    Q_OBJECT
private slots:
    void channels_data() {
        addColumns();
        QTest::newRow("memory: defaults") << "memory"
                                          << ""
                                          << "";
        QTest::newRow("memory: capacity below the default transaction")
            << "memory"
            << "capacity = 50"
            << "removed transactionCapacity: transactionCapacity is 100, above the capacity of 50, and Flume refuses "
               "this "
               "channel: raise the capacity or lower transactionCapacity. [50]";
        QTest::newRow("memory: nonsense counts as the default")
            << "memory"
            << "capacity = many | transactionCapacity = 100"
            << "warning capacity: Property capacity must be a number, but is 'many', so Flume uses 100 instead: write "
               "digits "
               "only, without unit or comment. [100]";
        QTest::newRow("memory: nothing counts as the default")
            << "memory"
            << "capacity = 0"
            << "warning capacity: Property capacity is 0, but must be at least 1, so Flume uses 100 instead: raise it. "
               "[1]";
        QTest::newRow("memory: bytes that are no number") << "memory"
                                                          << "byteCapacity = 1m"
                                                          << "warning byteCapacity: Property byteCapacity must be a "
                                                             "number, but is '1m', so Flume ignores it: write digits "
                                                             "only, without unit or comment.";
        QTest::newRow("memory: a capacity that only Java knows") << "memory"
                                                                 << "capacity = ${sys:cap} | transactionCapacity = 1000"
                                                                 << "";
        QTest::newRow("file: capacity below the default transaction")
            << "file"
            << "capacity = 500"
            << "removed transactionCapacity: transactionCapacity is 10000, above the capacity of 500, and Flume "
               "refuses this "
               "channel: raise the capacity or lower transactionCapacity. [500]";
        QTest::newRow("file: nonsense is refused") << "file"
                                                   << "capacity = many"
                                                   << "removed capacity: Property capacity must be a number, but is "
                                                      "'many', and Flume refuses this component: write "
                                                      "digits only, without unit or comment. [1000000]";
        QTest::newRow("file: dual checkpoints without a second directory")
            << "file"
            << "useDualCheckpoints = true"
            << "removed backupCheckpointDir: Dual checkpoints are on, but backupCheckpointDir is missing, and Flume "
               "refuses "
               "this channel: set backupCheckpointDir or turn useDualCheckpoints off.";
        QTest::newRow("file: dual checkpoints in one directory")
            << "file"
            << "useDualCheckpoints = true | checkpointDir = /c | backupCheckpointDir = /c"
            << "removed backupCheckpointDir: backupCheckpointDir is the same directory as checkpointDir, and Flume "
               "refuses "
               "this channel: choose another directory.";
        const QString keys = " | encryption.keyProvider = JCEKSFILE | encryption.keyProvider.keyStoreFile = k | "
                             "encryption.keyProvider.keyStorePasswordFile = p";
        QTest::newRow("file: half an encryption")
            << "file"
            << "encryption.activeKey = k | encryption.keyProvider.keys = k" + keys
            << "removed encryption.cipherProvider: Encryption needs a key provider, an active key and a cipher "
               "provider "
               "together, and Flume refuses this channel: set encryption.cipherProvider.";
        QTest::newRow("spillable: encryption without a list of keys")
            << "SPILLABLEMEMORY"
            << "encryption.activeKey = k | encryption.cipherProvider = AESCTRNOPADDING" + keys
            << "removed encryption.keyProvider.keys: Property encryption.keyProvider.keys is missing, and Flume "
               "refuses this "
               "component without it: set encryption.keyProvider.keys.";
        QTest::newRow("spillable: transactions above the overflow")
            << "SPILLABLEMEMORY"
            << "overflowCapacity = 1000"
            << "removed transactionCapacity: transactionCapacity is 10000, above the capacity of 1000, and Flume "
               "refuses "
               "this channel: raise the capacity or lower transactionCapacity. [1000]";
        QTest::newRow("spillable: settings of the file channel") << "SPILLABLEMEMORY"
                                                                 << "checkpointInterval = 5000"
                                                                 << "";
        QTest::newRow("kafka: no servers")
            << kKafkaChannel << ""
            << "removed kafka.bootstrap.servers: Property kafka.bootstrap.servers is missing, and Flume refuses this "
               "component without it: set kafka.bootstrap.servers.";
        QTest::newRow("jdbc: an unknown database")
            << "jdbc"
            << "transaction.isolation = NONE"
            << "removed transaction.isolation: Property transaction.isolation is 'NONE', but Flume refuses everything "
               "except "
               "READ_UNCOMMITTED, READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE: choose one of these.";
    }
    void channels() { compare(ComponentKind::channel); }

    void sinks_data() {
        addColumns();
        QTest::newRow("avro: no host") << "avro"
                                       << "port = 4545"
                                       << "removed hostname: Property hostname is missing, and Flume refuses this "
                                          "component without it: set hostname.";
        QTest::newRow("avro: a batch size that is no number")
            << "avro"
            << "hostname = h | port = 1 | batch-size = all"
            << "warning batch-size: Property batch-size must be a number, but is 'all', so Flume uses 100 instead: "
               "write "
               "digits only, without unit or comment. [100]";
        QTest::newRow("avro: a short timeout") << "avro"
                                               << "hostname = h | port = 1 | connect-timeout = 50"
                                               << "warning connect-timeout: Property connect-timeout is 50, but must "
                                                  "be at least 1000, so Flume uses 20000 "
                                                  "instead: raise it. [1000]";
        QTest::newRow("file_roll: no directory") << "file_roll"
                                                 << "sink.rollInterval = 0"
                                                 << "removed sink.directory: Property sink.directory is missing, and "
                                                    "Flume refuses this component without it: set "
                                                    "sink.directory.";
        QTest::newRow("file_roll: a serializer of the user's")
            << "file_roll"
            << "sink.directory = /o | sink.serializer = com.example.S | sink.serializer.any = 1"
            << "warning sink.serializer: Flume 1.11 does not bring the class 'com.example.S' in sink.serializer along, "
               "so "
               "that it must be able to load it from elsewhere: check the name and its letter case.";
        QTest::newRow("file_roll: a misspelt serializer comes to light late")
            << "file_roll"
            << "sink.directory = /o | sink.serializer = TXT"
            << "warning sink.serializer: 'TXT' in sink.serializer is no type that Flume knows and no full class name: "
               "check the spelling. [TEXT]";
        QTest::newRow("file_roll: a misspelt path manager")
            << "file_roll"
            << "sink.directory = /o | sink.pathManager = ROLLTIMES"
            << "removed sink.pathManager: 'ROLLTIMES' in sink.pathManager is no type that Flume knows and no full "
               "class "
               "name, and Flume refuses this component: check the spelling. [ROLLTIME]";
        QTest::newRow("file_roll: a setting that the serializer does not know")
            << "file_roll"
            << "sink.directory = /o | sink.serializer = text | sink.serializer.appendNewLine = false"
            << "warning sink.serializer.appendNewLine: Flume does not know the property sink.serializer.appendNewLine "
               "and "
               "ignores it: did you mean sink.serializer.appendNewline? [sink.serializer.appendNewline]";
        QTest::newRow("file_roll: a bad number in the serializer comes to light late")
            << "file_roll"
            << "sink.directory = /o | sink.serializer = avro_event | sink.serializer.syncIntervalBytes = 1M"
            << "warning sink.serializer.syncIntervalBytes: Property sink.serializer.syncIntervalBytes must be a "
               "number, but "
               "is '1M', and the component fails as soon as it works: write digits only, without unit or comment. "
               "[2048000]";
        QTest::newRow("null: no events in a batch")
            << "null"
            << "batchSize = 0"
            << "removed batchSize: Property batchSize is 0, but Flume refuses less than 1 here: raise it. [1]";
        QTest::newRow("logger: a setting without effect")
            << "logger"
            << "maxBytesToLog = 200"
            << "information maxBytesToLog: Flume 1.11 ignores maxBytesToLog and always shows 16 bytes of the body.";
        QTest::newRow("kafka: servers by their old name")
            << kKafkaSink << "brokerList = a:9092"
            << "information brokerList: Property brokerList is out of date: use kafka.bootstrap.servers instead.";
        QTest::newRow("kafka: an old name whose successor has its default")
            << kKafkaSink << "kafka.bootstrap.servers = a:9092 | batchSize = x"
            << "information batchSize: Property batchSize is out of date: use flumeBatchSize instead.\nremoved "
               "batchSize: "
               "Property batchSize must be a number, but is 'x', and Flume refuses this component: write digits only, "
               "without unit or comment.";
        QTest::newRow("kafka: an old name that is not read")
            << kKafkaSink << "kafka.bootstrap.servers = a:9092 | batchSize = x | flumeBatchSize = 5"
            << "information batchSize: Property batchSize is out of date: use flumeBatchSize instead.";
        QTest::newRow("morphline_solr: a file that is missed later")
            << "morphline_solr"
            << ""
            << "warning morphlineFile: Property morphlineFile is missing, and the component fails as soon as it works: "
               "set morphlineFile.\n"
               "information morphlineFile: A morphline is Java, which only Apache Flume runs: in Millrace a sink of "
               "type "
               "solr adds events to Solr, and an interceptor of type command can shape them before.";
        QTest::newRow("avro: a setting without effect is not judged")
            << "avro"
            << "hostname = h | port = 1 | maxIoWorkers = many"
            << "information maxIoWorkers: Property maxIoWorkers is out of date: later versions of Flume no longer know "
               "it.\nwarning maxIoWorkers: Property maxIoWorkers must be a number, but is 'many', so Flume ignores it: "
               "write "
               "digits only, without unit or comment.";
        QTest::newRow("http: an address of another protocol") << "http"
                                                              << "endpoint = FTP://h/ | defaultRollback = false"
                                                              << "warning endpoint: endpoint is 'FTP://h/', which "
                                                                 "Apache Flume takes, and Millrace leaves this sink "
                                                                 "out: write an address that begins with http:// or "
                                                                 "https://, without a user.";
        QTest::newRow("hdfs: compression of plain text")
            << "hdfs"
            << "hdfs.path = /p | hdfs.rollCount = 0 | hdfs.fileType = DataStream | hdfs.codeC = gzip"
            << "removed hdfs.codeC: Files of type DataStream cannot be compressed, and Flume refuses this sink: remove "
               "hdfs.codeC or choose CompressedStream.";
        QTest::newRow("hdfs: compression without a codec")
            << "hdfs"
            << "hdfs.path = /p | hdfs.rollCount = 0 | hdfs.fileType = CompressedStream"
            << "removed hdfs.codeC: Files of type CompressedStream need a codec, and Flume refuses this sink: set "
               "hdfs.codeC "
               "or choose another fileType. [gzip]";
        QTest::newRow("hdfs: rounding to 30 hours")
            << "hdfs"
            << "hdfs.path = /p | hdfs.rollCount = 0 | hdfs.round = true | hdfs.roundValue = 30 | hdfs.roundUnit = hour"
            << "removed hdfs.roundValue: hdfs.roundValue is 30, but Flume refuses everything except 1 to 24 for this "
               "unit: "
               "choose such a value.";
        QTest::newRow("hdfs: the default sizes")
            << "hdfs"
            << "hdfs.path = /p"
            << "warning hdfs.rollCount: With the defaults of hdfs.rollInterval, hdfs.rollSize and hdfs.rollCount a "
               "file is "
               "closed after 30 seconds, 1024 bytes or 10 events: set them for larger files.";
        QTest::newRow("http: sends for ever") << "http"
                                              << "endpoint = http://h/"
                                              << "warning rollback.2XX: An event that was accepted with a status such "
                                                 "as 200 is sent again for ever unless "
                                                 "rollback.2XX is false: set it to false. [false]";
        QTest::newRow("http: a rule for success") << "http"
                                                  << "endpoint = http://h/ | rollback.200 = false"
                                                  << "";
        QTest::newRow("http: no address") << "http"
                                          << "endpoint = h:80 | defaultRollback = false"
                                          << "removed endpoint: endpoint is 'h:80', which is no web address, and Flume "
                                             "refuses this sink: write http://host:port/path or "
                                             "https://host:port/path.";
        QTest::newRow("hbase: servers with different ports")
            << "hbase"
            << "table = t | columnFamily = f | restGateway = http://g/ | zookeeperQuorum = a:2181,b:2182"
            << "removed zookeeperQuorum: 'b:2182' in zookeeperQuorum is refused by Flume: write each server as "
               "host:port, "
               "all with the same port, separated by commas.";
        QTest::newRow("hbase: what only Flume does")
            << "hbase2"
            << "table = t | columnFamily = f | kerberosPrincipal = p"
            << "warning restGateway: Millrace writes to HBase over its REST gateway, and leaves this sink out until it "
               "knows where that is: set restGateway to its address, such as http://localhost:8080.\n"
               "warning kerberosPrincipal: Kerberos for HBase, as kerberosPrincipal asks for it, only Apache Flume can "
               "do, and Millrace leaves this sink out: use a gateway that asks for no Kerberos.";
        QTest::newRow("elasticsearch: the port of the transport protocol")
            << "elasticsearch"
            << "hostNames = a:9300,b:9300"
            << "information hostNames: Millrace does not speak Elasticsearch's transport protocol and reaches a:9300 "
               "in "
               "hostNames over HTTP at port 9200.";
        QTest::newRow("elasticsearch: a port of REST") << "elasticsearch"
                                                       << "hostNames = a:9300 | client = rest"
                                                       << "";
        QTest::newRow("command: a file without a shell")
            << "command"
            << "command = a > b"
            << "warning shell: The command uses >, which only a shell understands, and no shell is set: set shell to "
               "'/bin/sh -c'. [/bin/sh -c]";
        QTest::newRow("hive: fields without names")
            << "hive"
            << "hive.metastore = m | hive.database = d | hive.table = t | serializer = delimited"
            << "removed serializer.fieldnames: The DELIMITED serializer needs serializer.fieldnames, and Flume refuses "
               "this "
               "sink: name the columns.";
    }
    void sinks() { compare(ComponentKind::sink); }
};

MILLRACE_TEST(TestCheckSinks)
#include "tst_check_sinks.moc"
