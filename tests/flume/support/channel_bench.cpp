#include "flume/support/channel_bench.h"

#include <QtTest>

namespace millrace::flume::test {

void channelTypes() {
    QTest::addColumn<QString>("type");
    for (const char* type : kChannelTypes)
        QTest::newRow(type) << QString(type);
}

Result<OwnChannel> tryMakeChannel(const QString& type, const ChannelProperties& properties) {
    OwnChannel own;
    own.directory = std::make_unique<QTemporaryDir>();
    auto config = makeConfig(catalog::ComponentKind::channel, "c", type.toStdString(), properties);
    if (type == "file")
        for (const auto& [key, value] : {std::pair("checkpointDir", "checkpoint"), std::pair("dataDirs", "data"),
                                         std::pair("minimumRequiredSpace", "1048576")})
            config.properties.try_emplace(key, value);
    own.context = std::make_unique<TestContext>(*config.spec, own.directory->path().toStdString());
    Settings settings(config);
    auto channel = builtinRegistry().find<ChannelFactory>(*config.spec)(settings, own.context->context());
    if (!channel) return channel.error();
    own.channel = std::move(*channel);
    MILLRACE_TRY(own.channel->start());
    return own;
}

OwnChannel makeChannel(const QString& type, const ChannelProperties& properties) {
    auto made = tryMakeChannel(type, properties);
    if (!made) qFatal("%s", made.error().message.c_str());
    return std::move(*made);
}

EventBatchPtr numbered(std::size_t first, std::size_t count) {
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < count; ++i)
        bodies.push_back(std::to_string(first + i));
    return makeBatch(bodies);
}

Status putAll(Transaction& transaction, const EventBatchPtr& batch) {
    transaction.begin();
    Status status = transaction.put({batch, 0, static_cast<std::uint32_t>(batch->size())});
    if (status) status = transaction.commit();
    if (!status) transaction.rollback();
    return status;
}

std::vector<std::string> bodiesOf(std::span<const EventRange> ranges) {
    std::vector<std::string> bodies;
    for (const EventRange& range : ranges)
        for (std::uint32_t i = range.first; i < range.last; ++i)
            bodies.emplace_back(range.batch->body(i));
    return bodies;
}

std::vector<std::string> takeAll(Transaction& transaction, std::size_t max) {
    transaction.begin();
    const auto ranges = transaction.take(max);
    if (!ranges) qFatal("%s", ranges.error().message.c_str());
    auto bodies = bodiesOf(*ranges);
    if (!transaction.commit()) qFatal("a commit of takes failed");
    return bodies;
}

} // namespace millrace::flume::test
