#include "catalog/support/findings.h"
#include "support/test_program.h"

using namespace millrace::catalog;
using namespace millrace::catalog::test;

namespace {

constexpr const char* kKafkaSource = "org.apache.flume.source.kafka.KafkaSource";
constexpr const char* kKafkaChannel = "org.apache.flume.channel.kafka.KafkaChannel";

} // namespace

class TestCheckSourcesAndChannels : public QObject {
    Q_OBJECT
private slots:
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
        QTest::newRow("memory: a capacity that only Java knows")
            << "memory"
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
};

MILLRACE_TEST(TestCheckSourcesAndChannels)
#include "tst_check_sources_and_channels.moc"
