#pragma once

#include "topology/document/document.h"

#include <QObject>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace millrace::studio {

/// Checks documents in a thread of its own, one at a time: of those that wait only the newest is checked, what it
/// replaces nobody asks about any more. GUI thread only.
class DocumentChecker : public QObject {
    Q_OBJECT
public:
    explicit DocumentChecker(QObject* parent = nullptr);
    /// Waits for the check that is under way.
    ~DocumentChecker() override;

    void check(const topology::Document& document);

signals:
    /// The problems of this one can be read without waiting.
    void checked(const millrace::topology::Document& document);

private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<topology::Document> next_; ///< under the mutex, as is ends_
    bool ends_ = false;
    std::thread thread_; ///< last: it works on the others
};

} // namespace millrace::studio
