#include "flume/support/file_channel_bench.h"

#include <QDir>
#include <QDirIterator>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace millrace::flume::test {

namespace fs = std::filesystem;

namespace {

std::uint64_t nextSeed() {
    static std::uint64_t seed = 0;
    return ++seed;
}

catalog::ComponentConfig configOf(const ChannelProperties& properties) {
    auto config = makeConfig(catalog::ComponentKind::channel, "c", "file", properties);
    for (const auto& [key, value] : {std::pair("checkpointDir", "checkpoint"), std::pair("dataDirs", "data"),
                                     std::pair("minimumRequiredSpace", "1048576")})
        config.properties.try_emplace(key, value);
    return config;
}

} // namespace

FileChannelBench::FileChannelBench(const ChannelProperties& properties, FileSystem& disk)
    : context_(specOf(catalog::ComponentKind::channel, "file"), directory_.path().toStdString()),
      random_(nextSeed()),
      properties_(properties) {
    context_.context().disk = &disk;
    context_.context().random = &random_;
    make();
}

FileChannelBench::~FileChannelBench() = default;

void FileChannelBench::make() {
    put_.reset();
    take_.reset();
    held_.reset();
    const auto config = configOf(properties_);
    Settings settings(config);
    auto made = FileChannel::make(settings, context_.context());
    if (!made) qFatal("%s", made.error().message.c_str());
    channel_ = std::move(*made);
    put_ = channel_->newTransaction(waker_);
    take_ = channel_->newTransaction(waker_);
    held_ = channel_->newTransaction(waker_);
}

Status FileChannelBench::tryStart() {
    return channel_->start();
}

void FileChannelBench::start() {
    if (const Status started = channel_->start(); !started) qFatal("%s", started.error().message.c_str());
}

void FileChannelBench::restart() {
    channel_->stop();
    make();
    start();
}

void FileChannelBench::dieAndStart() {
    const fs::path now = directory_.path().toStdString(), then = now.string() + ".killed";
    fs::copy(now, then, fs::copy_options::recursive);
    channel_->stop();
    for (const auto& entry : fs::directory_iterator(now))
        fs::remove_all(entry);
    fs::copy(then, now, fs::copy_options::recursive);
    fs::remove_all(then);
    make();
    start();
}

Status FileChannelBench::reconfigure(const ChannelProperties& properties) {
    return channel_->reconfigure(configOf(properties));
}

std::vector<std::string> FileChannelBench::take(std::size_t max) {
    return takeAll(*take_, max);
}

EventRanges FileChannelBench::takeRanges(std::size_t max) {
    take_->begin();
    const auto ranges = take_->take(max);
    if (!ranges) qFatal("%s", ranges.error().message.c_str());
    EventRanges all(ranges->begin(), ranges->end());
    if (!take_->commit()) qFatal("a commit of takes failed");
    return all;
}

std::vector<std::string> FileChannelBench::takeAndHold(std::size_t max) {
    held_->begin();
    const auto ranges = held_->take(max);
    if (!ranges) qFatal("%s", ranges.error().message.c_str());
    return bodiesOf(*ranges);
}

fs::path FileChannelBench::path(const std::string& name) const {
    return fs::path(directory_.path().toStdString()) / name;
}

QStringList FileChannelBench::entries(const QString& directory) const {
    return QDir(directory_.filePath(directory)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

QStringList FileChannelBench::logFiles() const {
    QStringList names;
    QDirIterator files(directory_.path(), {"events-*.log"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        names << files.next();
    std::sort(names.begin(), names.end(),
              [](const QString& a, const QString& b) { return a.section('/', -1) < b.section('/', -1); });
    return names;
}

std::string FileChannelBench::read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void FileChannelBench::write(const std::string& name, const std::string& content) const {
    fs::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << content;
}

} // namespace millrace::flume::test
