#pragma once

#include "flume/support/fake_hdfs.h"
#include "flume/support/hdfs_bench.h"

#include <QtTest>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume::test {

/// A sink whose files are in a cluster of the test.
struct WebBench {
    explicit WebBench(const catalog::Properties& extra = {}) : hdfs(loop) {
        catalog::Properties values{{"hdfs.path", "webhdfs://" + hdfs.nameNode().toString() + "/flume"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        bench.emplace(values, posixFileSystem(), &loop);
        if (!bench->sink) qFatal("%s", bench->error.c_str());
        if (!bench->start()) qFatal("it does not start");
    }
    /// Writes one event as a batch of its own; the error's message, or nothing.
    QString write(const std::string& body, std::vector<std::pair<std::string, std::string>> headers = {}) {
        bench->channel.add(body, std::move(headers));
        return writeAgain();
    }
    QString writeAgain() {
        const auto cycle = bench->cycle();
        return cycle ? QString() : QString::fromStdString(cycle.error().message);
    }
    /// The numbers in names as N.
    QStringList names() const {
        QStringList all;
        for (const auto& [name, content] : hdfs.files())
            all << QString::fromStdString(name).replace(QRegularExpression("\\d{7,}"), "N");
        return all;
    }
    QStringList contents() const {
        QStringList all;
        for (const auto& [name, content] : hdfs.files())
            all << QString::fromStdString(content);
        return all;
    }
    net::EventLoop loop{"fake hdfs"};
    FakeHdfs hdfs;
    std::optional<HdfsBench> bench;
};

/// Says this to requests of that operation, so many times.
inline FakeHdfs::Twist toThe(const std::string& operation, bool atDataNode, const std::string& answer, int times = 1) {
    auto left = std::make_shared<std::atomic<int>>(times);
    return [=](const HdfsRequest& request) -> std::optional<std::string> {
        if (request.operation() != operation || request.toDataNode != atDataNode || left->fetch_sub(1) <= 0) return {};
        return answer;
    };
}

} // namespace millrace::flume::test
