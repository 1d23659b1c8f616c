#include "document/document_checker.h"

namespace millrace::studio {

DocumentChecker::DocumentChecker(QObject* parent) : QObject(parent), thread_([this] { work(); }) {}

DocumentChecker::~DocumentChecker() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void DocumentChecker::check(const topology::Document& document) {
    {
        const std::lock_guard lock(mutex_);
        next_ = document;
    }
    wake_.notify_one();
}

void DocumentChecker::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return ends_ || next_; });
        if (ends_) return;
        const topology::Document document = *std::exchange(next_, std::nullopt);
        lock.unlock();
        document.diagnostics(); // kept in the document
        QMetaObject::invokeMethod(
            this, [this, document] { emit checked(document); }, Qt::QueuedConnection);
        lock.lock();
    }
}

} // namespace millrace::studio
