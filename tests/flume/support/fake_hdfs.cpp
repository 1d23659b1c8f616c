#include "flume/support/fake_hdfs.h"

#include "net/connection.h"
#include "net/connection_handler.h"

#include <QUrlQuery>

#include <fmt/core.h>

namespace millrace::flume::test {
namespace {

std::string decoded(const QString& text) {
    return QUrl::fromPercentEncoding(text.toUtf8()).toStdString();
}

/// Of the first line and the body.
HdfsRequest requestOf(const std::string& method, const std::string& target, std::string body, bool toDataNode) {
    HdfsRequest request{method, {}, {}, std::move(body), toDataNode};
    const QString all = QString::fromStdString(target);
    request.path = decoded(all.section('?', 0, 0)).substr(std::string("/webhdfs/v1").size());
    for (const QString& pair : all.section('?', 1).split('&'))
        request.parameters[decoded(pair.section('=', 0, 0))] = decoded(pair.section('=', 1));
    return request;
}

} // namespace

class FakeHdfs::Stream final : public net::StreamHandler {
public:
    Stream(FakeHdfs& hdfs, bool isDataNode) : hdfs_(hdfs), isDataNode_(isDataNode) {}
    void opened(const std::shared_ptr<net::Connection>& connection) override { connection_ = connection; }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
        const auto head = text.find("\r\n\r\n");
        if (head == std::string_view::npos) return 0;
        const auto at = text.find("Content-Length: ");
        const std::size_t length = at < head ? std::stoul(std::string(text.substr(at + 16, 12))) : 0;
        if (text.size() < head + 4 + length) return 0;
        const QStringList line = QString::fromUtf8(text.data(), int(text.find("\r\n"))).split(' ');
        const HdfsRequest request = requestOf(line[0].toStdString(), line[1].toStdString(),
                                              std::string(text.substr(head + 4, length)), isDataNode_);
        const std::string said = hdfs_.answerTo(request);
        if (said == later())
            hdfs_.late_.push_back([this, kept = connection_, request] { answer(hdfs_.usualAnswerTo(request)); });
        else
            answer(said);
        return head + 4 + length;
    }
    void closed(const Error*) override {}

private:
    void answer(const std::string& bytes) {
        if (bytes == silence()) return;
        if (bytes.empty()) return connection_->close();
        connection_->send(Bytes::copyOf(bytes));
        if (isDataNode_) connection_->closeAfterSending(); // as Hadoop's do
    }
    FakeHdfs& hdfs_;
    const bool isDataNode_;
    std::shared_ptr<net::Connection> connection_;
};

FakeHdfs::FakeHdfs(net::EventLoop& loop, net::TransportFactory transport) : loop_(loop), secure_(transport != nullptr) {
    const auto listen = [&](bool isDataNode) {
        net::Limits limits;
        limits.streamBufferBytes = 8 << 20;
        limits.transport = transport;
        auto listener = net::listenStream(loop, {"127.0.0.1", 0}, limits,
                                          [this, isDataNode] { return std::make_unique<Stream>(*this, isDataNode); });
        if (!listener) qFatal("%s", listener.error().message.c_str());
        return std::move(*listener);
    };
    dataNode_ = listen(true);
    nameNode_ = listen(false);
}

FakeHdfs::~FakeHdfs() = default;

void FakeHdfs::setTwist(Twist twist) {
    const std::lock_guard lock(mutex_);
    twist_ = std::move(twist);
}

std::map<std::string, std::string> FakeHdfs::files() const {
    const std::lock_guard lock(mutex_);
    return files_;
}

void FakeHdfs::put(const std::string& path, const std::string& content) {
    const std::lock_guard lock(mutex_);
    files_[path] = content;
}

void FakeHdfs::rename(const std::string& from, const std::string& to) {
    const std::lock_guard lock(mutex_);
    files_[to] = files_[from];
    files_.erase(from);
}

std::vector<HdfsRequest> FakeHdfs::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

int FakeHdfs::count(const std::string& operation, bool toDataNode) const {
    const auto all = requests();
    return int(std::count_if(all.begin(), all.end(), [&](const HdfsRequest& request) {
        return request.operation() == operation && request.toDataNode == toDataNode;
    }));
}

std::string FakeHdfs::answer(int status, const std::string& body, const std::string& headers) {
    return fmt::format("HTTP/1.1 {} x\r\nContent-Length: {}\r\n{}\r\n{}", status, body.size(), headers, body);
}

std::string FakeHdfs::exception(int status, const std::string& name, const std::string& message) {
    return answer(status,
                  fmt::format(R"({{"RemoteException":{{"exception":"{}","javaClassName":"x.{}","message":"{}"}}}})",
                              name, name, message));
}

void FakeHdfs::answerLate() {
    loop_.post([this] {
        for (const auto& answer : std::exchange(late_, {}))
            answer();
    });
}

std::string FakeHdfs::answerTo(const HdfsRequest& request) {
    Twist twist;
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        twist = twist_;
    }
    const auto twisted = twist ? twist(request) : std::nullopt;
    return twisted ? *twisted : usualAnswerTo(request);
}

std::string FakeHdfs::usualAnswerTo(const HdfsRequest& request) {
    const std::lock_guard lock(mutex_);
    const std::string operation = request.operation();
    const bool writes = operation == "CREATE" || operation == "APPEND";
    const bool hasData = request.toDataNode || request.parameters.count("data") > 0;
    return writes && !hasData ? redirected(request) : changed(request);
}

std::string FakeHdfs::redirected(const HdfsRequest& request) const {
    std::string location =
        fmt::format("{}://{}/webhdfs/v1{}?", secure_ ? "https" : "http", dataNode_->address().toString(),
                    QUrl::toPercentEncoding(QString::fromStdString(request.path), "/").toStdString());
    for (const auto& [name, value] : request.parameters)
        location += name + "=" + QUrl::toPercentEncoding(QString::fromStdString(value)).toStdString() + "&";
    return answer(307, {}, "Location: " + location + "namenoderpcaddress=nn:8020\r\n");
}

std::string FakeHdfs::changed(const HdfsRequest& request) {
    const std::string operation = request.operation();
    const auto found = files_.find(request.path);
    if (operation == "CREATE") {
        if (found != files_.end()) return exception(403, "FileAlreadyExistsException");
        files_[request.path] = request.body;
        return answer(201, {});
    }
    if (operation == "RENAME") {
        const std::string to = request.parameters.at("destination");
        if (found == files_.end() || files_.count(to) > 0) return answer(200, R"({"boolean":false})");
        files_[to] = found->second;
        files_.erase(request.path);
        return answer(200, R"({"boolean":true})");
    }
    if (found == files_.end() && operation == "DELETE") return answer(200, R"({"boolean":false})");
    if (found == files_.end()) return exception(404, "FileNotFoundException");
    if (operation == "APPEND") {
        found->second += request.body;
        return answer(200, {});
    }
    if (operation == "GETFILESTATUS")
        return answer(200, fmt::format(R"({{"FileStatus":{{"length":{},"type":"FILE"}}}})", found->second.size()));
    if (operation == "DELETE") {
        files_.erase(request.path);
        return answer(200, R"({"boolean":true})");
    }
    if (operation == "TRUNCATE") {
        found->second.resize(std::stoul(request.parameters.at("newlength")));
        return answer(200, R"({"boolean":true})");
    }
    return exception(400, "UnsupportedOperationException");
}

} // namespace millrace::flume::test
