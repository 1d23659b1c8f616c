#pragma once

#include "broker/support/in_process_broker.h"
#include "kafka/support/no_tsan.h"

#include <string>

namespace millrace::test {

/// A cluster for clients: our own broker, whose groups form at once. For errors on demand see MockCluster, whose
/// coordinator makes every group wait for seconds.
class TestCluster {
public:
    std::string servers() const { return broker_.address(); }
    void createTopic(const std::string& topic, int partitions) {
        if (auto made = broker_->createTopic(topic, partitions); !made) qFatal("%s", made.error().message.c_str());
    }
    /// Closes its port; what it holds stays.
    void goAway() { broker_.stop(); }
    /// The same cluster on the same port.
    void comeBack() { broker_.start(); }

private:
    broker::InProcessBroker broker_;
};

} // namespace millrace::test
