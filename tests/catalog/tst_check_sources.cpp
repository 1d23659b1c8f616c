#include "catalog/support/findings.h"
#include "support/test_program.h"

using namespace millrace::catalog;
using namespace millrace::catalog::test;

namespace {

constexpr const char* kKafkaSource = "org.apache.flume.source.kafka.KafkaSource";

} // namespace

class TestCheckSources : public QObject {
    Q_OBJECT
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
        QTest::newRow("what only Java knows is not judged") << "netcat"
                                                            << "bind = ${env:HOST} | port = ${sys:port}"
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
        QTest::newRow("thrift: Kerberos")
            << "thrift" << net + "kerberos = true"
            << "warning kerberos: Kerberos is something that Apache Flume does here, and this version of Millrace does "
               "not, so that it leaves the component out: set kerberos to false, and ssl to true at both ends. [false]";
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
        const QString jms = "initialContextFactory = org.example.Jndi | destinationName = q | destinationType = QUEUE | ";
        QTest::newRow("jms: a broker of AMQP")
            << "jms" << jms + "providerURL = amqp://b:5672"
            << "information providerURL: Messages are read from 'amqp://b:5672' over AMQP 1.0. Flume 1.11 refuses this "
               "address in providerURL unless the start option -DJndiAllowedProtocols names amqp.";
        QTest::newRow("jms: a directory of Java")
            << "jms" << jms + "providerURL = java:x"
            << "warning providerURL: 'java:x' in providerURL is a directory of Java that Apache Flume asks for its "
               "broker, and this version of Millrace cannot, so that it leaves the component out: write amqp://host:port "
               "of a broker that speaks AMQP 1.0. [amqp://127.0.0.1:5672]";
        QTest::newRow("jms: a durable queue")
            << "jms"
            << "initialContextFactory = org.example.Jndi | providerURL = ${sys:broker} | destinationName = q | "
               "destinationType = QUEUE | "
               "createDurableSubscription = true | clientId = c | durableSubscriptionName = n"
            << "removed destinationType: A durable subscription needs a topic, a clientId and a "
               "durableSubscriptionName, "
               "and Flume refuses this source: mend destinationType or turn createDurableSubscription off.";
    }
    void sources() { compare(ComponentKind::source); }
};

MILLRACE_TEST(TestCheckSources)
#include "tst_check_sources.moc"
