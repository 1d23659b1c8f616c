#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace millrace::broker {

/// A response that comes later: a long poll, a join, a produce that waits for the disk. A handle; copies are the same
/// promise. Completed once on the broker's executor, further completions are ignored. Loop thread only.
template <typename Response>
class Pending {
public:
    void complete(Response response) const {
        State& state = *state_;
        if (state.done) return;
        state.done = true;
        state.abandoned = nullptr;
        if (state.then)
            std::exchange(state.then, nullptr)(std::move(response));
        else
            state.response = std::move(response);
    }
    bool completed() const { return state_->done; }

    /// Who waits for it; called at once when it is complete already.
    void then(std::function<void(Response)> fn) const {
        if (state_->response)
            fn(std::move(*std::exchange(state_->response, std::nullopt)));
        else
            state_->then = std::move(fn);
    }
    /// What to do when nobody waits any more (the client is gone) before completion: give up timers and listeners.
    void onAbandoned(std::function<void()> fn) const { state_->abandoned = std::move(fn); }
    void abandon() const {
        state_->then = nullptr;
        if (auto fn = std::exchange(state_->abandoned, nullptr)) fn();
    }

private:
    struct State {
        bool done = false;
        std::optional<Response> response;
        std::function<void(Response)> then;
        std::function<void()> abandoned;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// No response is sent at all (Produce with acks=0). If something failed, closing is the only sign the client can get.
struct Silence {
    bool close = false;
};

/// What a handler returns.
template <typename Response>
using Answer = std::variant<Response, Pending<Response>, Silence>;

} // namespace millrace::broker
