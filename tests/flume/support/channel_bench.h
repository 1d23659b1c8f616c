#pragma once

#include "flume/channel.h"
#include "flume/support/test_context.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume::test {

using ChannelProperties = std::vector<std::pair<std::string, std::string>>;

/// A started channel and what its services point to.
struct OwnChannel {
    std::unique_ptr<QTemporaryDir> directory;
    std::unique_ptr<TestContext> context;
    std::unique_ptr<Channel> channel;
    Channel* operator->() const { return channel.get(); }
    Channel& operator*() const { return *channel; }
};

/// The channels that all must keep the same rules.
inline constexpr const char* kChannelTypes[] = {"memory", "file"};
/// The column "type", for a test that each of them has to pass.
void channelTypes();

/// Of a type that the catalog has, over directories of its own where it needs some.
Result<OwnChannel> tryMakeChannel(const QString& type, const ChannelProperties& properties);
OwnChannel makeChannel(const QString& type, const ChannelProperties& properties);

/// Bodies "first", "first + 1", ….
EventBatchPtr numbered(std::size_t first, std::size_t count);
/// Puts the whole batch in one transaction, which is rolled back when it fails.
Status putAll(Transaction& transaction, const EventBatchPtr& batch);
std::vector<std::string> bodiesOf(std::span<const EventRange> ranges);
/// Takes and commits; ends the test program when that fails.
std::vector<std::string> takeAll(Transaction& transaction, std::size_t max);

} // namespace millrace::flume::test
