#include "rpc/avro_client.h"

#include "base/assertion.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_writer.h"

#include <algorithm>
#include <fmt/core.h>
#include <optional>

namespace millrace::rpc {

namespace {

/// Frame header, metadata, method name and count in front of a batch need 12 + 1 + 12 + 10 bytes at most.
constexpr std::size_t kFrontBytes = 48;
/// Answers are a few bytes; a protocol text is the longest that comes.
constexpr std::size_t kReplyLimit = 1024 * 1024;
constexpr std::int32_t kOnePart = 1;

using Milliseconds = std::chrono::milliseconds;

std::vector<std::uint8_t> callFront(std::string_view method) {
    std::vector<std::uint8_t> front;
    AvroWriter writer(front);
    writer.writeLong(0); // no metadata
    writer.writeBytes(method);
    return front;
}

void storeInt(std::uint8_t* at, std::size_t value) {
    for (int i = 0; i < 4; ++i)
        at[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

} // namespace

AvroBatch::AvroBatch() : bytes_(kFrontBytes) {}

std::size_t AvroBatch::bytes() const {
    return bytes_.size() - kFrontBytes;
}

void AvroBatch::clear() {
    bytes_.resize(kFrontBytes);
    events_ = 0;
}

void AvroBatch::add(EventHeaderList headers, std::string_view body) {
    headersAt_ = bytes_.size();
    encodeAvroEvent(headers, {}, bytes_);
    bytes_.pop_back(); // the length of the empty body
    headersSize_ = bytes_.size() - headersAt_;
    AvroWriter(bytes_).writeBytes(body);
    ++events_;
}

void AvroBatch::addWithSameHeaders(std::string_view body) {
    MILLRACE_ASSERT(!empty(), "there is no event yet whose headers could be used");
    const std::size_t at = bytes_.size();
    bytes_.resize(at + headersSize_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(headersAt_), headersSize_,
                bytes_.begin() + static_cast<std::ptrdiff_t>(at));
    headersAt_ = at;
    AvroWriter(bytes_).writeBytes(body);
    ++events_;
}

/// The connection: frames out, messages in.
struct AvroClient::Link {
    CallSocket socket;
    AvroMessageAssembler assembler{kReplyLimit};
    std::int32_t serial = 0;

    explicit Link(CallSocket connected) : socket(std::move(connected)) {}
    const ClientOptions& options() const { return socket.options(); }
    std::string peer() const { return options().address.toString(); }

    Result<std::span<const std::uint8_t>> receiveReply(MonotonicTime deadline) {
        for (;;) {
            if (socket.unread().empty()) MILLRACE_TRY(socket.receive(deadline));
            auto message = assembler.next(socket.unread());
            if (!message) return message.error();
            if (!*message) continue;
            if ((*message)->serial == serial) return (*message)->body;
            return Error{ErrorCode::protocol,
                         fmt::format("{} answered call {}, asked was {}", peer(), (*message)->serial, serial)};
        }
    }

    /// Sends a message of one part and waits for its answer. The answer holds until the next call.
    Result<std::span<const std::uint8_t>> exchange(std::span<const std::uint8_t> body, Milliseconds timeout) {
        std::vector<std::uint8_t> frame;
        appendAvroFrame(++serial, {&body, 1}, frame);
        return exchangeFrame(frame, timeout);
    }
    Result<std::span<const std::uint8_t>> exchangeFrame(std::span<const std::uint8_t> frame, Milliseconds timeout) {
        const MonotonicTime deadline = options().clock->now() + timeout;
        MILLRACE_TRY(socket.send(frame, timeout));
        return receiveReply(deadline);
    }

    /// One round of the handshake, with an empty call behind it.
    Result<AvroHandshakeResponse> shake(const AvroHandshakeRequest& request) {
        std::vector<std::uint8_t> body;
        request.write(body);
        const auto ping = callFront("");
        body.insert(body.end(), ping.begin(), ping.end());
        auto reply = exchange(body, options().connectTimeout);
        if (!reply) return reply.error();
        AvroReader reader(*reply);
        auto response = AvroHandshakeResponse::read(reader);
        MILLRACE_TRY(reader.status());
        return response;
    }

    Status shakeHands() {
        // The hash that every Flume knows first, so that the text need not be sent in most cases.
        AvroHandshakeRequest request{avro::flumeHash(), std::nullopt, avro::flumeHash()};
        auto response = shake(request);
        if (!response) return response.error();
        if (response->match != AvroMatch::none) return ok();
        request.clientHash = avro::protocolHash();
        request.clientProtocol = std::string(avro::protocolText());
        if (response->serverHash) request.serverHash = *response->serverHash;
        response = shake(request);
        if (!response) return response.error();
        if (response->match != AvroMatch::none) return ok();
        return Error{ErrorCode::protocol, peer() + " does not accept the protocol of Flume's avro source"};
    }

    Result<CallStatus> readStatus(std::span<const std::uint8_t> reply) const {
        AvroReader reader(reply);
        (void)reader.readMap();
        if (reader.readBool()) {
            (void)reader.readLong(); // which of the method's errors: there is only the text
            const std::string text(reader.readBytes());
            MILLRACE_TRY(reader.status());
            return Error{ErrorCode::protocol, fmt::format("{} answered with an error: {}", peer(), text)};
        }
        const std::int64_t status = reader.readLong();
        MILLRACE_TRY(reader.status());
        return avro::statusNumbered(status);
    }
};

AvroClient::AvroClient(std::unique_ptr<Link> link) : link_(std::move(link)) {}
AvroClient::~AvroClient() = default;

Result<std::unique_ptr<AvroClient>> AvroClient::connect(const ClientOptions& options,
                                                        std::shared_ptr<net::Interrupt> interrupt) {
    auto socket = CallSocket::connect(options, std::move(interrupt));
    if (!socket) return socket.error();
    auto link = std::make_unique<Link>(std::move(*socket));
    MILLRACE_TRY(link->shakeHands());
    return std::unique_ptr<AvroClient>(new AvroClient(std::move(link)));
}

Result<CallStatus> AvroClient::appendBatch(AvroBatch& batch) {
    std::vector<std::uint8_t> front = callFront(avro::kAppendBatch);
    if (!batch.empty()) AvroWriter(front).writeLong(static_cast<std::int64_t>(batch.events()));
    batch.bytes_.push_back(0); // the end of the array
    const std::size_t length = front.size() + batch.bytes();
    if (length > INT32_MAX) {
        batch.bytes_.pop_back();
        return Error{ErrorCode::outOfRange,
                     fmt::format("a batch of {} bytes is more than an Avro message can hold", length)};
    }
    constexpr std::size_t kFrameHeaderBytes = 12;
    std::uint8_t* const begin = batch.bytes_.data() + kFrontBytes - front.size() - kFrameHeaderBytes;
    storeInt(begin, static_cast<std::uint32_t>(++link_->serial));
    storeInt(begin + 4, kOnePart);
    storeInt(begin + 8, length);
    std::copy(front.begin(), front.end(), begin + kFrameHeaderBytes);
    auto reply =
        link_->exchangeFrame({begin, batch.bytes_.data() + batch.bytes_.size()}, link_->options().requestTimeout);
    batch.bytes_.pop_back();
    if (!reply) return reply.error();
    return link_->readStatus(*reply);
}

Result<CallStatus> AvroClient::append(EventHeaderList headers, std::string_view body) {
    std::vector<std::uint8_t> message = callFront(avro::kAppend);
    encodeAvroEvent(headers, body, message);
    auto reply = link_->exchange(message, link_->options().requestTimeout);
    if (!reply) return reply.error();
    return link_->readStatus(*reply);
}

Status AvroClient::ping() {
    auto reply = link_->exchange(callFront(""), link_->options().requestTimeout);
    return reply ? ok() : Status(reply.error());
}

} // namespace millrace::rpc
