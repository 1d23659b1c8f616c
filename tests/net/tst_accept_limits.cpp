#include "net/support/recording_handlers.h"
#include "support/test_program.h"

#include <QtTest>

#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;

namespace {

std::size_t heapAndStackBytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// The lowest number that no open file of this process has above all that are open.
int descriptorAboveAll() {
    int highest = 0;
    for (int fd = 0; fd < 1024; ++fd)
        if (::fcntl(fd, F_GETFD) >= 0) highest = fd;
    return highest + 1;
}

/// Occupies every free number below the highest open one, so that a limit there leaves exactly what it says.
class NoGaps {
public:
    NoGaps() {
        const int above = descriptorAboveAll();
        for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;) {
            if (fd >= above) {
                ::close(fd);
                next_ = fd;
                return;
            }
            held_.push_back(fd);
        }
    }
    ~NoGaps() {
        for (const int fd : held_)
            ::close(fd);
    }
    /// The number that the next file gets.
    int next() const { return next_; }

private:
    std::vector<int> held_;
    int next_ = 0;
};

/// Sets the limit of open files for as long as it lives.
class OpenFileLimit {
public:
    explicit OpenFileLimit(rlim_t files) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit limit{std::min(files, before_.rlim_max), before_.rlim_max};
        set_ = ::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == files;
    }
    ~OpenFileLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    bool set() const { return set_; }

private:
    rlimit before_{};
    bool set_ = false;
};

} // namespace

class TestAcceptLimits : public QObject {
    Q_OBJECT
private slots:
    void outOfDescriptorsTheListenerWaitsAndGoesOnLater() {
        EventLoop loop("accept");
        MemoryLog log;
        Seen seen;
        const StreamScript script;
        Limits limits;
        limits.log = &log;
        auto listener = listenStream(loop, {"127.0.0.1", 0}, limits,
                                     [&] { return std::make_unique<ScriptedStream>(seen, script); });
        QVERIFY(listener);
        std::vector<RawClient> clients;
        {
            // The next descriptor is the client's, none is left for the accepted side.
            const NoGaps filled;
            const OpenFileLimit limit(static_cast<rlim_t>(filled.next() + 1));
            QVERIFY(limit.set());
            clients.emplace_back((*listener)->address());
            QVERIFY(clients.back().connected());
            QTRY_COMPARE(log.lines().size(), std::size_t(1));
            QVERIFY2(log.lines()[0].find("Too many open files; trying again in") != std::string::npos,
                     log.lines()[0].c_str());
            QCOMPARE(seen.opened.load(), 0);
        }
        QTRY_COMPARE(seen.opened.load(), 1);
        QVERIFY(clients.back().send("served after all"));
        QTRY_COMPARE(seen.joined(), std::string("served after all"));
    }

    void anIdleConnectionCostsAtMostFourKibibytes() {
        constexpr int kConnections = 1500;
        const OpenFileLimit limit(2 * kConnections + 200);
        if (!limit.set()) QSKIP("this process may not open enough files");
        EventLoop loop("idle");
        Seen seen;
        const ScriptedFrames::OnFrame onFrame = [](const ConnectionPtr& connection, const Bytes& frame) {
            connection->send(frame);
            return ok();
        };
        auto listener =
            listenFrames(loop, {"127.0.0.1", 0}, {}, [&] { return std::make_unique<ScriptedFrames>(seen, onFrame); });
        QVERIFY(listener);
        std::vector<RawClient> clients;
        clients.reserve(kConnections);
        const std::size_t before = heapAndStackBytes();
        for (int i = 0; i < kConnections; ++i) {
            clients.emplace_back((*listener)->address());
            QVERIFY(clients.back().send(framed("once spoken")));
        }
        QTRY_COMPARE(seen.received().size(), std::size_t(kConnections));
        const std::size_t each = (heapAndStackBytes() - before) / kConnections;
        qInfo("%zu bytes for each idle connection", each);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        QVERIFY(each <= 4096);
#endif
    }
};

MILLRACE_TEST(TestAcceptLimits)
#include "tst_accept_limits.moc"
