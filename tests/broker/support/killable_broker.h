#pragma once

#include "broker/broker.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace millrace::broker {

/// A broker in a process of its own, that can be killed at any moment and started again. The processes are made by one
/// that has no threads: so before the test makes any.
class KillableBroker {
public:
    explicit KillableBroker(std::map<std::string, std::string> configs) : configs_(std::move(configs)) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) qFatal("no socket pair");
        const pid_t maker = ::fork();
        if (maker < 0) qFatal("no process");
        if (maker == 0) {
            ::close(ends[0]);
            makeBrokers(ends[1]);
        }
        ::close(ends[1]);
        line_ = ends[0];
    }
    ~KillableBroker() {
        if (process_ > 0) kill();
        ::close(line_);
        while (::waitpid(-1, nullptr, 0) > 0) {
        }
    }
    KillableBroker(const KillableBroker&) = delete;
    KillableBroker& operator=(const KillableBroker&) = delete;

    /// Returns when it listens, on the port that it had before.
    void start() {
        tell(port_);
        process_ = hear();
        port_ = hear();
        if (port_ <= 0) qFatal("the broker does not start");
    }
    /// In the middle of whatever it does; returns when it is dead.
    void kill() {
        ::kill(std::exchange(process_, 0), SIGKILL);
        tell(-1);
        (void)hear();
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    QTemporaryDir directory;

private:
    void tell(int number) const {
        if (::write(line_, &number, sizeof number) != sizeof number) qFatal("the maker of brokers is gone");
    }
    int hear() const { return hear(line_); }
    static int hear(int line) {
        int number = 0;
        return ::read(line, &number, sizeof number) == sizeof number ? number : 0;
    }
    static void say(int line, int number) {
        if (::write(line, &number, sizeof number) != sizeof number) _exit(4);
    }

    /// Hears a port and makes a broker there, or waits for the end of the last one.
    [[noreturn]] void makeBrokers(int line) const {
        pid_t last = 0;
        for (int order = 0; ::read(line, &order, sizeof order) == sizeof order;) {
            if (order < 0) {
                ::waitpid(last, nullptr, 0);
                say(line, 1);
                continue;
            }
            last = ::fork();
            if (last == 0) serve(line, order);
        }
        if (last > 0) ::kill(last, SIGKILL);
        _exit(0);
    }
    [[noreturn]] void serve(int line, int port) const {
        BrokerConfig config;
        config.listen = {"127.0.0.1", static_cast<std::uint16_t>(port)};
        config.dataDir = directory.path().toStdString();
        config.configs = configs_;
        const auto broker = Broker::start(std::move(config), posixFileSystem(), silentLog());
        say(line, ::getpid());
        say(line, broker ? (*broker)->address().port : -1);
        for (;;)
            ::pause();
    }

    std::map<std::string, std::string> configs_;
    int line_ = -1;
    int port_ = 0;
    pid_t process_ = 0;
};

} // namespace millrace::broker
