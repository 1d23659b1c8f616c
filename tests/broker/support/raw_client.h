#pragma once

#include "base/big_endian.h"
#include "broker/support/in_process_broker.h"
#include "net/client_socket.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <QtTest>

#include <array>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace millrace::broker {

/// A client that says exactly what it is told to.
class RawClient {
public:
    explicit RawClient(const InProcessBroker& broker) : RawClient(net::Address{"127.0.0.1", broker.port()}) {}
    explicit RawClient(const net::Address& address, const net::TransportFactory& transport = {}) {
        auto socket = net::connectTo(address, kPatience, nullptr, transport);
        if (socket)
            socket_ = std::move(*socket);
        else
            refusal_ = socket.error().message;
    }
    /// Why there is no connection; empty when there is one.
    const std::string& refusal() const { return refusal_; }

    void send(std::span<const std::uint8_t> bytes) { QVERIFY(socket_->sendAll(bytes, kPatience)); }
    void send(const QByteArray& bytes) {
        send({reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())});
    }

    template <typename Request>
    void request(const Request& request, wire::Version version, std::int32_t correlationId) {
        wire::Writer writer(0, false);
        writer.beginFrame();
        wire::writeRequestHeader(writer, {Request::kApi.key, version, correlationId, "raw"},
                                 Request::kApi.flexible(version));
        writer.field(request);
        for (const Bytes& piece : writer.finish())
            send(piece.span());
    }
    /// Empty when the broker closed the connection.
    Bytes frame() {
        std::array<std::uint8_t, 4> length{};
        if (!socket_->receiveExactly(length, kPatience)) return {};
        std::vector<std::uint8_t> body(loadBigEndian<std::uint32_t>(length.data()));
        return socket_->receiveExactly(body, kPatience) ? Bytes(std::move(body)) : Bytes();
    }
    template <typename Response>
    Response response(wire::Version version, std::int32_t& correlationId) {
        wire::Reader reader(frame(), 0, false);
        correlationId = wire::readResponseHeader(reader, Response::kApi, version);
        Response response;
        reader.field(response);
        if (!reader.finish()) correlationId = -1;
        return response;
    }
    bool closedByBroker() {
        std::array<std::uint8_t, 1> byte{};
        const auto got = socket_->receiveSome(byte, kPatience);
        return !got ? got.error().code == ErrorCode::closed || got.error().code == ErrorCode::io : *got == 0;
    }

    template <typename Response, typename Request>
    Response ask(const Request& request, wire::Version version) {
        std::int32_t correlationId = 0;
        this->request(request, version, 7);
        auto answer = response<Response>(version, correlationId);
        if (correlationId != 7) qFatal("no answer to %s", Request::kApi.name);
        return answer;
    }

private:
    static constexpr std::chrono::seconds kPatience{10};
    std::unique_ptr<net::ClientSocket> socket_;
    std::string refusal_;
};

} // namespace millrace::broker
