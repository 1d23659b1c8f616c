#include "session/local_run.h"
#include "session/session.h"

#include <future>
#include <thread>
#include <utility>

namespace millrace::session {

namespace {

class LocalSession final : public Session {
public:
    LocalSession(FileSystem& disk, std::chrono::milliseconds patience)
        : run_(std::make_unique<LocalRun>(disk)), patience_(patience) {}

    // The end waits for what is under way, and a disk that hangs never lets it go on: who closes the window then is not
    // kept, and the end comes when it comes.
    ~LocalSession() override {
        run_->fallSilent();
        std::promise<void> promise;
        const std::future<void> ended = promise.get_future();
        std::thread end([run = std::move(run_), promise = std::move(promise)]() mutable {
            run.reset();
            promise.set_value();
        });
        if (ended.wait_for(patience_) == std::future_status::ready)
            end.join();
        else
            end.detach();
    }

    void onAnswer(std::function<void(const Answer&)> listener) override { run_->onAnswer(std::move(listener)); }
    Capabilities capabilities() const override { return Capabilities::all(); }
    RequestId send(Request request) override { return run_->send(std::move(request)); }
    std::shared_ptr<const Snapshot> snapshot() const override { return run_->snapshot(); }
    LogPage logs(std::int64_t after, std::size_t maxLines) const override { return run_->logs(after, maxLines); }

private:
    std::unique_ptr<LocalRun> run_;
    const std::chrono::milliseconds patience_;
};

} // namespace

std::unique_ptr<Session> makeLocalSession(FileSystem& disk, std::chrono::milliseconds patience) {
    return std::make_unique<LocalSession>(disk, patience);
}

} // namespace millrace::session
