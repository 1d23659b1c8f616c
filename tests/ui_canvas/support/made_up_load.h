#pragma once

#include "session/snapshot.h"

#include <string>

namespace millrace::test {

/// The document of the studio's reference picture: two agents round a topic, one channel nearly full, one sink failing.
inline const char* const kLoadedWeblog = R"(#@ version = 1
#@ cluster.local.kind = embedded
#@ cluster.local.listen = 127.0.0.1:9092
#@ topic.weblog.cluster = local
#@ topic.weblog.partitions = 3
#@ at.topic.weblog = 1104 200
#@ traffic.visitors.kind = weblog
#@ traffic.visitors.rate = 12000
#@ traffic.visitors.file = logs/access.log
#@ at.traffic.visitors = 0 64
web.sources = access
web.channels = buffer
web.sinks = to-weblog
web.sources.access.type = TAILDIR
web.sources.access.filegroups = log
web.sources.access.filegroups.log = logs/access\\.log
web.sources.access.channels = buffer
web.channels.buffer.type = memory
web.channels.buffer.capacity = 1000
web.channels.buffer.transactionCapacity = 1000
web.sinks.to-weblog.type = org.apache.flume.sink.kafka.KafkaSink
web.sinks.to-weblog.kafka.bootstrap.servers = 127.0.0.1:9092
web.sinks.to-weblog.kafka.topic = weblog
web.sinks.to-weblog.flumeBatchSize = 500
web.sinks.to-weblog.channel = buffer
#@ at.agent.web.sources.access = 240 64
#@ at.agent.web.channels.buffer = 480 64
#@ at.agent.web.sinks.to-weblog = 720 64
store.sources = from-weblog
store.channels = disk look
store.sinks = archive console
store.sources.from-weblog.type = org.apache.flume.source.kafka.KafkaSource
store.sources.from-weblog.kafka.bootstrap.servers = 127.0.0.1:9092
store.sources.from-weblog.kafka.topics = weblog
store.sources.from-weblog.kafka.consumer.group.id = store
store.sources.from-weblog.channels = disk look
store.channels.disk.type = memory
store.channels.disk.capacity = 10000
store.channels.disk.transactionCapacity = 1000
store.channels.look.type = memory
store.channels.look.capacity = 1000
store.channels.look.transactionCapacity = 1000
store.sinks.archive.type = file_roll
store.sinks.archive.sink.directory = out
store.sinks.archive.channel = disk
store.sinks.console.type = logger
store.sinks.console.channel = look
#@ at.agent.store.sources.from-weblog = 240 424
#@ at.agent.store.channels.disk = 480 376
#@ at.agent.store.channels.look = 480 480
#@ at.agent.store.sinks.archive = 720 376
#@ at.agent.store.sinks.console = 720 480
)";

inline session::NodeSnapshot madeUpNode(const std::string& id, session::State state, std::int64_t total) {
    session::NodeSnapshot node;
    node.id = id;
    node.state = state;
    node.startedMs = 1;
    node.in = total;
    node.out = total;
    return node;
}

inline session::NodeSnapshot madeUpChannel(const std::string& id, session::State state, std::int64_t total,
                                           std::int64_t events, std::int64_t capacity) {
    session::NodeSnapshot node = madeUpNode(id, state, total);
    node.level = session::Level{events, capacity, events * 200};
    return node;
}

/// What runs of it at the given tenth of a second. The counters rise by what the picture says a second.
inline session::Snapshot loadedWeblogAt(std::int64_t tenth) {
    using session::State;
    session::Snapshot snapshot;
    snapshot.running = true;
    snapshot.nodes = {
        madeUpNode("traffic/visitors", State::running, tenth * 1200),
        madeUpNode("web/sources/access", State::running, tenth * 1200),
        madeUpChannel("web/channels/buffer", State::running, tenth * 1195, 420, 1000),
        madeUpNode("web/sinks/to-weblog", State::running, tenth * 1190),
        madeUpNode("store/sources/from-weblog", State::waiting, tenth * 800),
        madeUpChannel("store/channels/disk", State::waiting, tenth * 800, 9100, 10'000),
        madeUpChannel("store/channels/look", State::idle, tenth * 800, 0, 1000),
        madeUpNode("store/sinks/archive", State::waiting, tenth * 800),
        madeUpNode("store/sinks/console", State::failing, 0),
    };
    snapshot.nodes.back().failuresInRow = 3;
    snapshot.nodes.back().message = "The console is closed";
    snapshot.clusters = {{"local", "127.0.0.1:9092", true, State::running, "", 4, "", {}}};
    const std::int64_t records = 2'904'118 + tenth * 1190;
    snapshot.topics = {{"local", "weblog", false,
                        {{0, 0, records * 36 / 100, 148'000'000},
                         {1, 0, records * 29 / 100, 120'000'000},
                         {2, 0, records * 35 / 100, 144'000'000}}}};
    session::GroupSnapshot group{"local", "store", "Stable", 1, {}};
    group.offsets = {{"weblog", 0, records * 36 / 100 - 17'000, records * 36 / 100, 5100, "store-1"},
                     {"weblog", 1, records * 29 / 100 - 13'000, records * 29 / 100, 4200, "store-1"},
                     {"weblog", 2, records * 35 / 100 - 11'164, records * 35 / 100, 4700, "store-1"}};
    snapshot.groups = {group};
    return snapshot;
}

} // namespace millrace::test
