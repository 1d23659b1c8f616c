#include "catalog/finding_texts.h"

namespace millrace::catalog {
namespace {

constexpr Sentence kTexts[] = {
    {"above-maximum", "Property %1 is %2, but must be at most %3: lower it."},
    {"above-maximum-default", "Property %1 is %2, but must be at most %3, so Flume uses %4 instead: lower it."},
    {"above-maximum-refused", "Property %1 is %2, but Flume refuses more than %3 here: lower it."},
    {"avro-codec-flume-only", "The codec '%2' in %1 is one that Apache Flume writes, and this version of Millrace does "
                              "not, so that it leaves the "
                              "component out: choose deflate, snappy or zstandard."},
    {"avro-filter-rule-malformed",
     "'%2' in %1 is no filter rule, and Flume refuses this source: write allow or deny, ip or name and a pattern, "
     "separated by colons."},
    {"avro-filter-rules-missing",
     "ipFilter is on, but %1 is missing, and Flume refuses this source: add rules or turn ipFilter off."},
    {"below-minimum", "Property %1 is %2, but must be at least %3: raise it."},
    {"below-minimum-default", "Property %1 is %2, but must be at least %3, so Flume uses %4 instead: raise it."},
    {"below-minimum-refused", "Property %1 is %2, but Flume refuses less than %3 here: raise it."},
    {"blob-handler-without-parameters",
     "The handler answers every request with an error unless %1 names at least one parameter: set %1."},
    {"charset-java-only", "The charset '%2' in %1 is one that Apache Flume reads, and this version of Millrace does "
                          "not, so that it leaves the "
                          "component out: choose another one, such as UTF-8."},
    {"checkpoint-backup-missing",
     "Dual checkpoints are on, but %1 is missing, and Flume refuses this channel: set %1 or turn useDualCheckpoints "
     "off."},
    {"checkpoint-backup-same",
     "%1 is the same directory as checkpointDir, and Flume refuses this channel: choose another directory."},
    {"class-not-in-flume",
     "Flume 1.11 does not bring the class '%2' in %1 along, so that it must be able to load it from elsewhere: check "
     "the name and its letter case."},
    {"class-not-in-flume-refused",
     "Flume 1.11 does not bring the class '%2' in %1 along, and refuses this component when it cannot load it from "
     "elsewhere: check the name and its letter case."},
    {"deprecated-property", "Property %1 is out of date: use %2 instead."},
    {"deprecated-property-plain", "Property %1 is out of date: later versions of Flume no longer know it."},
    {"durable-subscription-incomplete",
     "A durable subscription needs a topic, a clientId and a durableSubscriptionName, and Flume refuses this source: "
     "mend %1 or turn createDurableSubscription off."},
    {"elasticsearch-over-http",
     "Millrace does not speak Elasticsearch's transport protocol and reaches %2 in %1 over HTTP at port 9200."},
    {"encryption-incomplete",
     "Encryption needs a key provider, an active key and a cipher provider together, and Flume refuses this channel: "
     "set %1."},
    {"exec-needs-shell",
     "The command uses %2, which only a shell understands, and no shell is set: set %1 to '/bin/sh -c'."},
    {"extractor-serializer-case",
     "%1 is '%2', but Flume knows only DEFAULT in capitals or a class name, and refuses the source: write DEFAULT."},
    {"extractor-serializer-name-missing",
     "%1 is missing, the name of the header for this group, and Flume refuses the source: set %1."},
    {"failover-duplicate-priority",
     "%1 is %2 like that of another sink of the group, so Flume never uses one of the two: choose different numbers."},
    {"hbase-kerberos-flume-only", "Kerberos for HBase, as %1 asks for it, only Apache Flume can do, and Millrace "
                                  "leaves this sink out: use a gateway that asks for no Kerberos."},
    {"hbase-needs-gateway", "Millrace writes to HBase over its REST gateway, and leaves this sink out until it knows "
                            "where that is: set %1 to its address, such as http://localhost:8080."},
    {"hdfs-codec-missing",
     "Files of type CompressedStream need a codec, and Flume refuses this sink: set %1 or choose another fileType."},
    {"hdfs-codec-not-allowed",
     "Files of type DataStream cannot be compressed, and Flume refuses this sink: remove %1 or choose "
     "CompressedStream."},
    {"hdfs-codec-unknown", "Hadoop brings no codec '%2' along for %1, and Flume refuses this sink: choose gzip, bzip2, "
                           "deflate, lz4, snappy or "
                           "ZStandard."},
    {"hdfs-kerberos-elsewhere",
     "Millrace writes to HDFS without Kerberos and refuses to run this sink. Apache Flume runs "
     "it: deploy the agent there, or write through an HttpFS that trusts this computer."},
    {"hdfs-over-http",
     "Millrace writes %1 over WebHDFS, at port 9870 of the host: set %2 where the NameNode's web address "
     "is another, or to that of HttpFS. Apache Flume does not look at it."},
    {"hdfs-scheme-elsewhere",
     "Millrace writes to file:, hdfs:, webhdfs: and swebhdfs: paths and refuses to run a sink for "
     "%1:, which Apache Flume writes with Hadoop's module for it."},
    {"hdfs-small-files",
     "With the defaults of hdfs.rollInterval, hdfs.rollSize and hdfs.rollCount a file is closed after 30 seconds, 1024 "
     "bytes or 10 events: set them for larger files."},
    {"hdfs-suffix-ignored", "%1 is ignored because hdfs.emptyInUseSuffix is on: remove one of the two."},
    {"hive-elsewhere",
     "Hive takes events only in transactions of its metastore, which Millrace does not speak: write them "
     "with an hdfs sink to the directory of an external table, one for each partition (such as day=%Y-%m-%d), or "
     "deploy the agent to Apache Flume."},
    {"hive-fieldnames-missing", "The DELIMITED serializer needs %1, and Flume refuses this sink: name the columns."},
    {"http-sink-flume-only", "%1 is '%2', which Apache Flume takes, and Millrace leaves this sink out: write an "
                             "address that begins with http:// or https://, without a user."},
    {"http-sink-resends",
     "An event that was accepted with a status such as 200 is sent again for ever unless %1 is false: set it to "
     "false."},
    {"http-sink-url-malformed", "%1 is '%2', which is no web address, and Flume refuses this sink: write "
                                "http://host:port/path or https://host:port/path."},
    {"jms-provider-amqp",
     "Messages are read from '%2' over AMQP 1.0. Flume 1.11 refuses this address in %1 unless the start option "
     "-DJndiAllowedProtocols names amqp."},
    {"jms-provider-flume-only",
     "'%2' in %1 is a directory of Java that Apache Flume asks for its broker, and this version of Millrace cannot, so "
     "that it leaves the component out: write amqp://host:port of a broker that speaks AMQP 1.0."},
    {"jms-provider-scheme",
     "Flume 1.11 refuses the address '%2' in %1, because only java: is allowed unless the start option "
     "-DJndiAllowedProtocols names others."},
    {"kafka-fixed-by-flume", "Flume sets %1 itself and ignores the value here: remove it."},
    {"kafka-fixed-elsewhere", "Flume sets %1 itself and ignores the value here: remove it and use %2."},
    {"kafka-server-malformed", "'%2' in %1 is not host:port: write each broker with its port, separated by commas."},
    {"kafka-topics-missing",
     "No topic is named, and Flume refuses this source: set kafka.topics or kafka.topics.regex."},
    {"kerberos-flume-only",
     "Kerberos is something that Apache Flume does here, and this version of Millrace does not, so "
     "that it leaves the component out: set %1 to false, and ssl to true at both ends."},
    {"kerberos-incomplete",
     "A Kerberos principal and its keytab belong together, and Flume refuses this sink: set %1, or remove the other."},
    {"load-balance-few-hosts", "Balancing needs at least two servers in %1: name another one."},
    {"logger-max-bytes-ignored", "Flume 1.11 ignores %1 and always shows 16 bytes of the body."},
    {"missing-required", "Property %1 is missing, and Flume refuses this component without it: set %1."},
    {"missing-required-late", "Property %1 is missing, and the component fails as soon as it works: set %1."},
    {"morphline-needs-java", "A morphline is Java, which only Apache Flume runs: in Millrace a sink of type solr adds "
                             "events to Solr, and an interceptor of type command can shape them before."},
    {"multiplexing-no-default",
     "Events whose header has no mapping vanish without a trace, because %1 is missing: name a channel for them."},
    {"netcatudp-null-header",
     "%1 is missing, so Flume stores the sender under a header without a name, which no Avro sink can send: set %1."},
    {"not-a-boolean", "Property %1 is '%2', which counts as false: write true or false."},
    {"not-a-charset",
     "'%2' in %1 is no charset that Java knows, and the component fails as soon as it works: check the "
     "name, such as UTF-8 or GBK."},
    {"not-a-charset-refused", "'%2' in %1 is no charset that Java knows, and Flume refuses this component: check the "
                              "name, such as UTF-8 or GBK."},
    {"not-a-choice", "Property %1 is '%2', but must be one of %3: choose one of these."},
    {"not-a-choice-refused", "Property %1 is '%2', but Flume refuses everything except %3: choose one of these."},
    {"not-a-class", "'%2' in %1 is no type that Flume knows and no full class name: check the spelling."},
    {"not-a-class-refused",
     "'%2' in %1 is no type that Flume knows and no full class name, and Flume refuses this component: check the "
     "spelling."},
    {"not-a-number",
     "Property %1 must be a number, but is '%2', and Flume refuses this component: write digits only, without unit or "
     "comment."},
    {"not-a-number-default",
     "Property %1 must be a number, but is '%2', so Flume uses %3 instead: write digits only, without unit or "
     "comment."},
    {"not-a-number-ignored",
     "Property %1 must be a number, but is '%2', so Flume ignores it: write digits only, without unit or comment."},
    {"not-a-number-late",
     "Property %1 must be a number, but is '%2', and the component fails as soon as it works: write digits only, "
     "without unit or comment."},
    {"not-a-port", "Property %1 is %2, but a port lies between 0 and 65535: choose another one."},
    {"regex-java-only", "The pattern in %1 has '%2' inside of a character class, at character %3. Apache Flume reads "
                        "that, this version of "
                        "Millrace does not and leaves the component out: write one class without it."},
    {"regex-malformed",
     "The pattern in %1 is malformed at character %3, '%2': complete the brackets, or put a backslash in front to mean "
     "the character itself."},
    {"regex-malformed-refused", "The pattern in %1 is malformed at character %3, '%2', and Flume refuses this "
                                "component: complete the brackets, or "
                                "put a backslash in front to mean the character itself."},
    {"remove-header-nothing",
     "The interceptor removes nothing: set withName, fromList or matching to say which headers go."},
    {"round-value-refused",
     "%1 is %2, but Flume refuses everything except 1 to %3 for this unit: choose such a value."},
    {"syslogtcp-host-missing",
     "%1 is missing, so Flume shows the source as started although it listens nowhere: set %1."},
    {"taildir-directory-wildcard", "Only the file name in %1 is a pattern, so that Flume looks for a directory called "
                                   "'%2': name the directory, or make "
                                   "one group for each."},
    {"taildir-group-not-listed", "%1 has no effect, because filegroups does not list '%2': add the name there."},
    {"taildir-group-without-pattern",
     "The group '%2' has no files, because %1 is missing: set it or remove the group."},
    {"taildir-no-directory",
     "%1 is '%2' without a directory, and Flume refuses this source: put a directory in front, such as ./%2."},
    {"taildir-no-pattern", "No group in filegroups has a pattern, and Flume refuses this source: set %1."},
    {"taildir-shell-wildcard",
     "The file name in %1 is a regular expression, not a shell pattern, and '%2' is malformed: write '%3'."},
    {"time-pattern-refused", "The time pattern in %1 has \"%2\", which means nothing to Joda-Time, and Flume refuses "
                             "this component: mend the pattern."},
    {"tls-keystore-missing",
     "TLS is on, but %1 is missing, and Flume refuses this source unless its start options name one: set %1."},
    {"topic-config-unknown", "Kafka has no setting %1 for topics, so that this topic is not made: check the name."},
    {"transaction-above-capacity",
     "transactionCapacity is %1, above the capacity of %2, and Flume refuses this channel: raise the capacity or lower "
     "transactionCapacity."},
    {"unknown-property", "Flume does not know the property %1 and ignores it: check the name."},
    {"unknown-property-near", "Flume does not know the property %1 and ignores it: did you mean %2?"},
    {"zookeeper-quorum-malformed",
     "'%2' in %1 is refused by Flume: write each server as host:port, all with the same port, separated by commas."},
};

} // namespace

std::span<const Sentence> findingTexts() {
    return kTexts;
}

Finding makeFinding(Finding::Effect effect, std::string_view property, std::string_view code,
                    std::vector<std::string> arguments, std::string suggestion) {
    std::string message = sentenceText(kTexts, code, arguments);
    return {effect,
            std::string(property),
            std::string(code),
            std::move(arguments),
            std::move(message),
            std::move(suggestion)};
}

} // namespace millrace::catalog
