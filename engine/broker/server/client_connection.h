#pragma once

#include "broker/requests/context.h"
#include "broker/server/served_listener.h"
#include "net/connection_handler.h"

#include <memory>

namespace millrace::broker {

/// One client's connection: frames in, responses out in the order of the requests, however the handlers finish. At most
/// so many requests, and so many bytes of them and of answers, are under way; then it stops reading until some are
/// gone.
class ClientConnection final : public net::FrameHandler {
public:
    /// Both outlive it.
    ClientConnection(Context& context, ServedListener& listener);
    ~ClientConnection() override;
    void opened(const std::shared_ptr<net::Connection>& connection) override;
    Status received(Bytes frame) override;
    std::size_t frameLimit() const override;
    void drained() override;
    void closed(const Error* reason) override;

private:
    class Queue; ///< outlives this object in the hands of answers that are still to come
    Context& context_;
    ServedListener& listener_;
    std::shared_ptr<Queue> queue_;
};

} // namespace millrace::broker
