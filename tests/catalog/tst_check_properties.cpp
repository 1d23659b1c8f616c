#include "catalog/component_spec.h"
#include "catalog/finding_texts.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <set>

using millrace::Sentence;
using namespace millrace::catalog;

namespace {

constexpr const char* kKafkaSource = "org.apache.flume.source.kafka.KafkaSource";
constexpr const char* kKafkaSink = "org.apache.flume.sink.kafka.KafkaSink";
constexpr const char* kKafkaChannel = "org.apache.flume.channel.kafka.KafkaChannel";

/// "port = 1 | bind = x", values may be empty.
Properties parse(const QString& text) {
    Properties properties;
    for (const QString& pair : text.split(" | ", Qt::SkipEmptyParts)) {
        const auto equals = pair.indexOf('=');
        properties[pair.left(equals).trimmed().toStdString()] = pair.mid(equals + 1).trimmed().toStdString();
    }
    return properties;
}

QString effectName(Finding::Effect effect) {
    switch (effect) {
    case Finding::Effect::componentRemoved:
        return "removed";
    case Finding::Effect::agentFails:
        return "agent fails";
    case Finding::Effect::warning:
        return "warning";
    case Finding::Effect::information:
        return "information";
    }
    return {};
}

/// One line a finding: "removed port: message [suggestion]".
QString print(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings) {
        QString line = effectName(finding.effect) + ' ' + QString::fromStdString(finding.property) + ": " +
                       QString::fromStdString(finding.message);
        if (!finding.suggestion.empty()) line += " [" + QString::fromStdString(finding.suggestion) + ']';
        lines << line;
    }
    return lines.join('\n');
}

} // namespace

class TestCheckProperties : public QObject {
    Q_OBJECT

    static void addColumns() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("properties");
        QTest::addColumn<QString>("findings");
    }
    static void compare(ComponentKind kind) {
        QFETCH(QString, type);
        QFETCH(QString, properties);
        QFETCH(QString, findings);
        const ComponentSpec* spec = flumeCatalog().find(kind, type.toStdString());
        QVERIFY(spec != nullptr);
        QCOMPARE(print(checkProperties(*spec, parse(properties))), findings);
    }

private slots:
    void singleValues_data() {
        addColumns();
        QTest::newRow("all is well") << "netcat"
                                     << "type = netcat | bind = 127.0.0.1 | port = 4000 | channels = c"
                                     << "";
        QTest::newRow("type and channels are judged elsewhere") << "netcat"
                                                                << "bind = 127.0.0.1 | port = 4000"
                                                                << "";
        QTest::newRow("a required value is missing")
            << "netcat"
            << "bind = 127.0.0.1"
            << "removed port: Property port is missing, and Flume refuses this component without it: set port.";
        QTest::newRow("a blank value counts as missing")
            << "netcat"
            << "bind = 127.0.0.1 | port ="
            << "removed port: Property port is missing, and Flume refuses this component without it: set port.";
        QTest::newRow("a comment behind the number")
            << "netcat"
            << "bind = 127.0.0.1 | port = 4100 # admin"
            << "removed port: Property port must be a number, but is '4100 # admin', and Flume refuses this component: "
               "write digits only, without unit or comment.";
        QTest::newRow("a number with a suffix") << "netcat"
                                                << "bind = h | port = 1 | max-line-length = 1k"
                                                << "removed max-line-length: Property max-line-length must be a "
                                                   "number, but is '1k', and Flume refuses this "
                                                   "component: write digits only, without unit or comment. [512]";
        QTest::newRow("a port that does not exist")
            << "netcat"
            << "bind = h | port = 70000"
            << "warning port: Property port is 70000, but a port lies between 0 and 65535: choose another one.";
        QTest::newRow("port 0 is accepted") << "netcat"
                                            << "bind = h | port = 0"
                                            << "";
        QTest::newRow("an unresolved variable is not judged") << "netcat"
                                                              << "bind = ${env:HOST} | port = ${env:PORT}"
                                                              << "";
        QTest::newRow("no boolean") << "netcat"
                                    << "bind = h | port = 1 | ack-every-event = yes"
                                    << "warning ack-every-event: Property ack-every-event is 'yes', which counts as "
                                       "false: write true or false. "
                                       "[true]";
        QTest::newRow("booleans in any case") << "netcat"
                                              << "bind = h | port = 1 | ack-every-event = FALSE"
                                              << "";
        QTest::newRow("a misspelt name")
            << "netcat"
            << "bind = h | port = 1 | max-line-lenght = 9"
            << "warning max-line-lenght: Flume does not know the property max-line-lenght and ignores it: did you mean "
               "max-line-length? [max-line-length]";
        QTest::newRow("a name from nowhere")
            << "netcat"
            << "bind = h | port = 1 | colour = red"
            << "warning colour: Flume does not know the property colour and ignores it: check the name.";
        QTest::newRow("a misspelt name below a pattern")
            << "TAILDIR"
            << "filegroups = g | filegroups.g = /l/a | filegroup.g = /l/b"
            << "warning filegroup.g: Flume does not know the property filegroup.g and ignores it: did you mean "
               "filegroups.g? [filegroups.g]";
        QTest::newRow("too small, and Flume says so")
            << "seq"
            << "batchSize = 0"
            << "removed batchSize: Property batchSize is 0, but Flume refuses less than 1 here: raise it. [1]";
        QTest::newRow("too small, and Flume does not care")
            << "exec"
            << "command = date | batchSize = 0"
            << "warning batchSize: Property batchSize is 0, but must be at least 1: raise it. [1]";
        QTest::newRow("a choice that Flume checks")
            << "spooldir"
            << "spoolDir = /in | consumeOrder = latest"
            << "removed consumeOrder: Property consumeOrder is 'latest', but Flume refuses everything except oldest, "
               "youngest, random: choose one of these.";
        QTest::newRow("a choice in another case") << "spooldir"
                                                  << "spoolDir = /in | consumeOrder = YOUNGEST"
                                                  << "";
        QTest::newRow("a choice that Flume meets later") << "spooldir"
                                                         << "spoolDir = /in | deletePolicy = sometimes"
                                                         << "warning deletePolicy: Property deletePolicy is "
                                                            "'sometimes', but must be one of never, immediate: choose "
                                                            "one of these.";
        QTest::newRow("an old name stands in for the new one")
            << "http"
            << "port = 1 | enableSSL = false"
            << "information enableSSL: Property enableSSL is out of date: use ssl instead.";
    }
    void singleValues() { compare(ComponentKind::source); }

    void sources_data() {
        addColumns();
        const QString net = "bind = 127.0.0.1 | port = 1 | ";
        QTest::newRow("avro: filter without rules") << "avro" << net + "ipFilter = true"
                                                    << "removed ipFilterRules: ipFilter is on, but ipFilterRules is "
                                                       "missing, and Flume refuses this source: add "
                                                       "rules or turn ipFilter off.";
        QTest::newRow("avro: a malformed rule")
            << "avro" << net + "ipFilter = true | ipFilterRules = allow:ip:127.*,permit:ip:*"
            << "removed ipFilterRules: 'permit:ip:*' in ipFilterRules is no filter rule, and Flume refuses this "
               "source: "
               "write allow or deny, ip or name and a pattern, separated by colons.";
        QTest::newRow("avro: threads that are no number") << "avro" << net + "threads = many"
                                                          << "warning threads: Property threads must be a number, but "
                                                             "is 'many', so Flume uses 0 instead: write digits "
                                                             "only, without unit or comment. [0]";
        QTest::newRow("thrift: TLS without a keystore")
            << "thrift" << net + "ssl = true | keystore-password = x"
            << "removed keystore: TLS is on, but keystore is missing, and Flume refuses this source unless its start "
               "options name one: set keystore.";
        QTest::newRow("http: TLS by its old name")
            << "http"
            << "port = 1 | enableSSL = true | keystore = k | keystorePassword = p"
            << "information enableSSL: Property enableSSL is out of date: use ssl "
               "instead.\ninformation keystorePassword: Property keystorePassword "
               "is out of date: use keystore-password instead.";
        QTest::newRow("exec: with a shell anything goes") << "exec"
                                                          << "command = tail -F a*.log >b | shell = /bin/sh -c"
                                                          << "";
        QTest::newRow("exec: quotes without a shell")
            << "exec"
            << "command = grep 'x y' log"
            << "warning shell: The command uses ', which only a shell understands, and no shell is set: set shell to "
               "'/bin/sh -c'. [/bin/sh -c]";
        QTest::newRow("taildir: no pattern at all")
            << "TAILDIR"
            << "filegroups = g"
            << "removed filegroups.g: No group in filegroups has a pattern, and Flume refuses this source: set "
               "filegroups.g.";
        QTest::newRow("taildir: one group without a pattern")
            << "TAILDIR"
            << "filegroups = a b | filegroups.a = /l/a"
            << "warning filegroups.b: The group 'b' has no files, because filegroups.b is missing: set it or remove "
               "the "
               "group.";
        QTest::newRow("taildir: a group that is not listed")
            << "TAILDIR"
            << "filegroups = a | filegroups.a = /l/a | filegroups.b = /l/b"
            << "warning filegroups.b: filegroups.b has no effect, because filegroups does not list 'b': add the name "
               "there.";
        QTest::newRow("taildir: bare names")
            << "TAILDIR"
            << "filegroups = a | filegroups.a = x.log | positionFile = pos.json"
            << "removed positionFile: positionFile is 'pos.json' without a directory, and Flume refuses this source: "
               "put a "
               "directory in front, such as ./pos.json. [./pos.json]\nremoved filegroups.a: filegroups.a is 'x.log' "
               "without a directory, and Flume refuses this source: put a directory in front, such as ./x.log. "
               "[./x.log]";
        QTest::newRow("taildir: a shell wildcard")
            << "TAILDIR"
            << "filegroups = a | filegroups.a = /var/log/*.log"
            << "warning filegroups.a: The file name in filegroups.a is a regular expression, not a shell pattern, and "
               "'*.log' is malformed: write '.*\\.log'. [/var/log/.*\\.log]";
        QTest::newRow("kafka: no topic")
            << kKafkaSource << "kafka.bootstrap.servers = localhost:9092"
            << "removed kafka.topics: No topic is named, and Flume refuses this source: set kafka.topics or "
               "kafka.topics.regex.";
        QTest::newRow("kafka: no servers")
            << kKafkaSource << "kafka.topics = t"
            << "removed kafka.bootstrap.servers: Property kafka.bootstrap.servers is missing, and Flume refuses this "
               "component without it: set kafka.bootstrap.servers.";
        QTest::newRow("kafka: servers by their oldest name")
            << kKafkaSource << "topic = t | zookeeperConnect = z:2181"
            << "information topic: Property topic is out of date: use kafka.topics instead.\ninformation "
               "zookeeperConnect: Property zookeeperConnect is out of date: use kafka.bootstrap.servers instead.";
        QTest::newRow("kafka: a server without a port")
            << kKafkaSource << "kafka.topics = t | kafka.bootstrap.servers = a:9092, b"
            << "warning kafka.bootstrap.servers: 'b' in kafka.bootstrap.servers is not host:port: write each broker "
               "with "
               "its port, separated by commas.";
        QTest::newRow("kafka: a malformed topic pattern")
            << kKafkaSource << "kafka.topics.regex = (a | kafka.bootstrap.servers = a:9092"
            << "removed kafka.topics.regex: The pattern in kafka.topics.regex is malformed at character 1, '(', and "
               "Flume refuses "
               "this component: complete the brackets, or put a backslash in front to mean the character itself.";
        QTest::newRow("kafka: a setting that Flume overwrites")
            << kKafkaSource
            << "kafka.topics = t | kafka.bootstrap.servers = a:1 | kafka.consumer.enable.auto.commit = true"
            << "warning kafka.consumer.enable.auto.commit: Flume sets kafka.consumer.enable.auto.commit itself and "
               "ignores "
               "the value here: remove it.";
        QTest::newRow("kafka: servers where Flume ignores them")
            << kKafkaSource
            << "kafka.topics = t | kafka.bootstrap.servers = a:1 | kafka.consumer.bootstrap.servers = b:1"
            << "warning kafka.consumer.bootstrap.servers: Flume sets kafka.consumer.bootstrap.servers itself and "
               "ignores "
               "the value here: remove it and use kafka.bootstrap.servers.";
        QTest::newRow("netcatudp: no name for the sender")
            << "netcatudp"
            << "port = 1"
            << "warning remoteAddress: remoteAddress is missing, so Flume stores the sender under a header without a "
               "name, "
               "which no Avro sink can send: set remoteAddress. [sender]";
        QTest::newRow("syslogtcp: no host") << "syslogtcp"
                                            << "port = 1"
                                            << "warning host: host is missing, so Flume shows the source as started "
                                               "although it listens nowhere: set host. "
                                               "[127.0.0.1]";
        QTest::newRow("multiport_syslogtcp: a port that is no number")
            << "multiport_syslogtcp"
            << "ports = 1 x"
            << "removed ports: Property ports must be a number, but is 'x', and Flume refuses this component: write "
               "digits "
               "only, without unit or comment.";
        QTest::newRow("jms: a provider that Flume refuses")
            << "jms"
            << "initialContextFactory = org.example.Jndi | providerURL = tcp://b:1 | destinationName = q | "
               "destinationType = QUEUE"
            << "removed providerURL: Flume 1.11 refuses the address 'tcp://b:1' in providerURL, because only java: is "
               "allowed unless the start option -DJndiAllowedProtocols names others.";
        QTest::newRow("jms: a durable queue")
            << "jms"
            << "initialContextFactory = org.example.Jndi | providerURL = java:x | destinationName = q | "
               "destinationType = QUEUE | "
               "createDurableSubscription = true | clientId = c | durableSubscriptionName = n"
            << "removed destinationType: A durable subscription needs a topic, a clientId and a "
               "durableSubscriptionName, "
               "and Flume refuses this source: mend destinationType or turn createDurableSubscription off.";
    }
    void sources() { compare(ComponentKind::source); }

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
        QTest::newRow("memory: an unresolved capacity") << "memory"
                                                        << "capacity = ${CAP} | transactionCapacity = 1000"
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
            << "";
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
                                             "refuses this sink: begin it with "
                                             "http:// or https://.";
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
                                                                << "";
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

    void handlersOfAnHttpSourceAreCheckedToo() {
        const ComponentSpec* http = flumeCatalog().find(ComponentKind::source, "http");
        const auto findings = checkProperties(
            *http,
            parse("port = 1 | handler = org.apache.flume.source.http.BLOBHandler | handler.mandatoryParameter = x"));
        QCOMPARE(print(findings),
                 "warning handler.mandatoryParameter: Flume does not know the property handler.mandatoryParameter and "
                 "ignores it: did you mean handler.mandatoryParameters? [handler.mandatoryParameters]\n"
                 "warning handler.mandatoryParameters: The handler answers every request with an error unless "
                 "handler.mandatoryParameters names at least one parameter: set handler.mandatoryParameters.");
    }

    void noComponentFailsOnHostileValues() {
        const std::string hostile[] = {std::string(100000, '('),
                                       std::string(100000, '['),
                                       "\\",
                                       "${",
                                       "%1%9",
                                       ":",
                                       ",,,",
                                       std::string("\0\n\t", 3),
                                       "\xff\xfe"};
        for (const ComponentSpec* spec : flumeCatalog().components()) {
            for (const std::string& value : hostile) {
                Properties properties{{value, value}};
                for (const PropertySpec& property : spec->properties)
                    properties.emplace(property.name, value);
                for (const Finding& finding : checkProperties(*spec, properties))
                    QVERIFY(!finding.message.empty());
            }
        }
    }

    void textsAreSortedAndComplete() {
        std::set<std::string_view> codes;
        const auto texts = findingTexts();
        QVERIFY(std::ranges::is_sorted(texts, {}, &Sentence::code));
        for (const Sentence& text : texts) {
            QVERIFY2(codes.insert(text.code).second, text.code.data());
            QVERIFY2(text.text.ends_with('.') || text.text.ends_with('?'), text.text.data());
        }
    }

    void aLongValueIsShortenedInTheMessage() {
        const std::string accents = "x" + QString(100, QChar(0xe9)).toStdString();
        const Finding finding = makeFinding(Finding::Effect::warning, "p", "not-a-boolean", {"p", accents});
        QCOMPARE(QString::fromStdString(finding.message),
                 "Property p is 'x" + QString(99, QChar(0xe9)) + "…', which counts as false: write true or false.");
        QCOMPARE(finding.arguments[1], accents);
    }

    void argumentsFillTheTextAndNothingElse() {
        const Finding finding = makeFinding(Finding::Effect::warning, "p", "not-a-boolean", {"%2", "yes"});
        QCOMPARE(finding.message, std::string("Property %2 is 'yes', which counts as false: write true or false."));
    }
};

MILLRACE_TEST(TestCheckProperties)
#include "tst_check_properties.moc"
