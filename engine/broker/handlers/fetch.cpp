#include "wire/messages/fetch.h"
#include "broker/handlers/fetch_plan.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

namespace {

/// A fetch that waits until enough bytes have come or its time is up. It listens at every partition it asks for and
/// reads only once, when it is answered.
class ParkedFetch final : public AppendListener, public std::enable_shared_from_this<ParkedFetch> {
public:
    ParkedFetch(FetchPlan plan, std::size_t minBytes, std::size_t missingBytes, Context& context)
        : plan_(std::move(plan)), minBytes_(minBytes), missing_(missingBytes), context_(context) {}

    Pending<wire::FetchResponse> wait(std::chrono::milliseconds maxWait) {
        for (Partition* partition : partitions())
            partition->listen(this);
        const std::weak_ptr<ParkedFetch> self = weak_from_this();
        timer_ = context_.clock.after(maxWait, [self] {
            if (const auto fetch = self.lock()) fetch->finish();
        });
        // The promise keeps the parked fetch alive, and dies with it when nobody waits any more.
        pending_.onAbandoned([fetch = shared_from_this()] { fetch->stopListening(); });
        return pending_;
    }

    void appended(std::size_t bytes) override {
        // What is appended is not all that can be read: a transaction opens or ends with it.
        if (plan_.readCommitted()) {
            if (!finishing_ && plan_.availableBytes(minBytes_) >= minBytes_) finishSoon();
            return;
        }
        missing_ -= std::min(missing_, bytes);
        if (missing_ == 0) finishSoon();
    }
    void partitionGone() override { finishSoon(); }

private:
    std::vector<Partition*> partitions() const {
        std::vector<Partition*> list;
        for (const auto& entry : plan_.entries())
            if (entry.partition) list.push_back(entry.partition.get());
        return list;
    }

    /// At the end of this turn: everything that arrives with the same packet is answered at once.
    void finishSoon() {
        if (std::exchange(finishing_, true)) return;
        context_.loop.post([fetch = shared_from_this()] { fetch->finish(); });
    }

    void stopListening() {
        for (Partition* partition : partitions())
            partition->forget(this);
        context_.clock.cancel(std::exchange(timer_, 0));
    }

    void finish() {
        if (std::exchange(done_, true)) return;
        stopListening();
        plan_.answer(context_,
                     [pending = pending_](wire::FetchResponse response) { pending.complete(std::move(response)); });
    }

    FetchPlan plan_;
    std::size_t minBytes_;
    std::size_t missing_;
    Context& context_;
    Pending<wire::FetchResponse> pending_;
    Clock::TimerId timer_ = 0;
    bool finishing_ = false;
    bool done_ = false;
};

} // namespace

Answer<wire::FetchResponse> fetch(const wire::FetchRequest& request, const Call& call, Context& context) {
    context.counters.fetchRequests.addFromOwner(1);
    // Sessions (KIP-227) are declined by id 0, so an incremental fetch can only belong to another broker's life.
    if (request.sessionId != 0 && request.sessionEpoch > 0) {
        wire::FetchResponse response;
        response.errorCode = kFetchSessionIdNotFound;
        return response;
    }
    FetchPlan plan(request, call, context);
    const auto wanted = static_cast<std::size_t>(std::clamp(request.minBytes, 0, std::max(request.maxBytes, 0)));
    const std::size_t minBytes = std::min(wanted, context.quotas.largestFetch(call));
    const bool atOnce =
        request.maxWaitMs <= 0 || plan.entries().empty() || plan.failed() || plan.availableBytes(minBytes) >= minBytes;
    if (!atOnce) {
        const std::size_t missing = minBytes - plan.availableBytes(minBytes);
        return std::make_shared<ParkedFetch>(std::move(plan), minBytes, missing, context)
            ->wait(std::chrono::milliseconds(request.maxWaitMs));
    }
    const Pending<wire::FetchResponse> pending;
    plan.answer(context, [pending](wire::FetchResponse response) { pending.complete(std::move(response)); });
    return pending;
}

ApiRow fetchRow() {
    return rowOf<fetch>({Access::Resource::topic, Access::Operation::read}, Quota::fetch);
}

} // namespace millrace::broker
