#pragma once

#include "broker/broker.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <memory>
#include <string>

namespace millrace::broker {

/// A real broker on a free port of loopback with a directory of its own, for tests that talk to it over TCP.
class InProcessBroker {
public:
    explicit InProcessBroker(std::map<std::string, std::string> configs = {}, net::TransportFactory transport = {})
        : configs_(std::move(configs)), transport_(std::move(transport)) {
        start();
    }

    void start() {
        BrokerConfig config;
        config.listen = {"127.0.0.1", port_};
        config.dataDir = directory.path().toStdString();
        config.configs = configs_;
        config.transport = transport_;
        auto started = Broker::start(std::move(config), posixFileSystem(), silentLog());
        if (!started) qFatal("%s", started.error().message.c_str());
        broker_ = std::move(*started);
        port_ = broker_->address().port;
    }
    void stop() {
        if (auto status = broker_->stop(); !status) qFatal("%s", status.error().message.c_str());
        broker_.reset();
    }
    /// A clean stop and a start on the same port.
    void restart() {
        stop();
        start();
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    std::uint16_t port() const { return port_; }
    Broker* operator->() { return broker_.get(); }

    QTemporaryDir directory;

private:
    std::map<std::string, std::string> configs_;
    net::TransportFactory transport_;
    std::uint16_t port_ = 0;
    std::unique_ptr<Broker> broker_;
};

} // namespace millrace::broker
