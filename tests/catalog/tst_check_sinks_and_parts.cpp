#include "catalog/support/findings.h"
#include "support/test_program.h"

using namespace millrace::catalog;
using namespace millrace::catalog::test;

namespace {

constexpr const char* kKafkaSink = "org.apache.flume.sink.kafka.KafkaSink";

} // namespace

class TestCheckSinksAndParts : public QObject {
    Q_OBJECT
private slots:
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
            << "warning sink.serializer: Flume 1.11 does not bring the class 'com.example.S' in sink.serializer along, so "
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
               "set "
               "morphlineFile.";
        QTest::newRow("avro: a setting without effect is not judged")
            << "avro"
            << "hostname = h | port = 1 | maxIoWorkers = many"
            << "information maxIoWorkers: Property maxIoWorkers is out of date: later versions of Flume no longer know "
               "it.\nwarning maxIoWorkers: Property maxIoWorkers must be a number, but is 'many', so Flume ignores it: "
               "write "
               "digits only, without unit or comment.";
        QTest::newRow("http: an address of another protocol") << "http"
                                                              << "endpoint = FTP://h/ | defaultRollback = false"
                                                              << "";
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
            << "table = t | columnFamily = f | zookeeperQuorum = a:2181,b:2182"
            << "removed zookeeperQuorum: 'b:2182' in zookeeperQuorum is refused by Flume: write each server as "
               "host:port, "
               "all with the same port, separated by commas.";
        QTest::newRow("hive: fields without names")
            << "hive"
            << "hive.metastore = m | hive.database = d | hive.table = t | serializer = delimited"
            << "removed serializer.fieldnames: The DELIMITED serializer needs serializer.fieldnames, and Flume refuses "
               "this "
               "sink: name the columns.";
    }
    void sinks() { compare(ComponentKind::sink); }

    void interceptors_data() {
        addColumns();
        QTest::newRow("regex_extractor: in order") << "regex_extractor"
                                                   << "regex = (\\d+) | serializers = s | serializers.s.name = n"
                                                   << "";
        QTest::newRow("regex_extractor: default in small letters")
            << "regex_extractor"
            << "regex = (.) | serializers = s | serializers.s.name = n | serializers.s.type = default"
            << "removed serializers.s.type: serializers.s.type is 'default', but Flume knows only DEFAULT in capitals "
               "or a "
               "class name, and refuses the source: write DEFAULT. [DEFAULT]";
        QTest::newRow("regex_extractor: a group without a name")
            << "regex_extractor"
            << "regex = (.)(.) | serializers = s t | serializers.s.name = n"
            << "removed serializers.t.name: serializers.t.name is missing, the name of the header for this group, and "
               "Flume "
               "refuses the source: set serializers.t.name.";
        QTest::newRow("regex_filter: a malformed pattern")
            << "regex_filter"
            << "regex = [a"
            << "removed regex: The pattern in regex is malformed at character 1, '[', and Flume refuses this "
               "component: "
               "complete the brackets, or put a backslash in front to mean the character itself.";
        QTest::newRow("regex_filter: what only Java reads")
            << "regex_filter"
            << "regex = x[a-z&&[^b]]i"
            << "warning regex: The pattern in regex has '&&' inside of a character class, at character 6. Apache Flume "
               "reads that, this version of Millrace does not and leaves the component out: write one class without "
               "it.";
        QTest::newRow("remove_header: nothing to remove") << "remove_header"
                                                          << ""
                                                          << "warning withName: The interceptor removes nothing: set "
                                                             "withName, fromList or matching to say which headers "
                                                             "go.";
        QTest::newRow("static: defaults") << "static"
                                          << ""
                                          << "";
    }
    void interceptors() { compare(ComponentKind::interceptor); }

    void selectors_data() {
        addColumns();
        QTest::newRow("multiplexing: no default") << "multiplexing"
                                                  << "header = region | mapping.eu = c1"
                                                  << "warning default: Events whose header has no mapping vanish "
                                                     "without a trace, because default is missing: name "
                                                     "a channel for them.";
        QTest::newRow("multiplexing: complete") << "multiplexing"
                                                << "header = region | mapping.eu.west = c1 | default = c2"
                                                << "";
    }
    void selectors() { compare(ComponentKind::channelSelector); }

    void processors_data() {
        addColumns();
        QTest::newRow("failover: one priority for two sinks")
            << "failover"
            << "priority.a = 5 | priority.b = 5"
            << "warning priority.b: priority.b is 5 like that of another sink of the group, so Flume never uses one of "
               "the "
               "two: choose different numbers.";
        QTest::newRow("load_balance: a selector of the user's") << "load_balance"
                                                                << "selector = com.example.Mine"
                                                                << "removed selector: Flume 1.11 does not bring the "
                                                                   "class 'com.example.Mine' in selector along, and "
                                                                   "refuses this component when it cannot load it from "
                                                                   "elsewhere: check the name and its letter case.";
        QTest::newRow("load_balance: a misspelt selector")
            << "load_balance"
            << "selector = round-robin"
            << "removed selector: 'round-robin' in selector is no type that Flume knows and no full class name, and "
               "Flume "
               "refuses this component: check the spelling. [round_robin]";
        QTest::newRow("failover: a priority that is no number")
            << "failover"
            << "priority.a = high"
            << "warning priority.a: Property priority.a must be a number, but is 'high', so Flume ignores it: write "
               "digits "
               "only, without unit or comment.";
    }
    void processors() { compare(ComponentKind::sinkProcessor); }
};

MILLRACE_TEST(TestCheckSinksAndParts)
#include "tst_check_sinks_and_parts.moc"
