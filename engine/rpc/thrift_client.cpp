#include "rpc/thrift_client.h"

#include "base/assertion.h"
#include "rpc/thrift_frames.h"
#include "rpc/thrift_reader.h"
#include "rpc/thrift_writer.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::rpc {
namespace {

/// Frame header, message header, field and list in front of a batch need 4 + 19 + 3 + 5 bytes at most.
constexpr std::size_t kThriftFrontBytes = 48;
/// Answers are a few bytes; an exception's text is the longest that comes.
constexpr std::size_t kThriftReplyLimit = 1024 * 1024;
constexpr std::string_view kMethod = "appendBatch";

std::vector<std::uint8_t> batchFront(ThriftProtocol protocol, std::int32_t sequence, std::size_t events) {
    std::vector<std::uint8_t> front(kThriftFrameHeaderBytes);
    ThriftWriter writer(front, protocol);
    writer.writeMessage({ThriftMessageType::call, kMethod, sequence});
    writer.writeField(ThriftType::list, 1);
    writer.writeList(ThriftType::structure, events);
    return front;
}

/// The text of a TApplicationException.
std::string exceptionText(ThriftReader& reader) {
    std::string_view text;
    for (ThriftField field; reader.nextField(field);)
        if (field.id == 1 && field.type == ThriftType::binary)
            text = reader.readBinary();
        else
            reader.skip(field);
    return std::string(text);
}

} // namespace

ThriftBatch::ThriftBatch(const ThriftClientOptions& options) : protocol_(options.protocol), bytes_(kThriftFrontBytes) {}

std::size_t ThriftBatch::bytes() const {
    return bytes_.size() - kThriftFrontBytes;
}

void ThriftBatch::clear() {
    bytes_.resize(kThriftFrontBytes);
    events_ = 0;
}

void ThriftBatch::add(EventHeaderList headers, std::string_view body) {
    headersAt_ = bytes_.size();
    ThriftWriter writer(bytes_, protocol_);
    writer.writeField(ThriftType::map, 1);
    writer.writeMap(ThriftType::binary, ThriftType::binary, headers.size());
    for (const auto& [key, value] : headers) {
        writer.writeBinary(key);
        writer.writeBinary(value);
    }
    headersSize_ = bytes_.size() - headersAt_;
    addBody(body);
}

void ThriftBatch::addWithSameHeaders(std::string_view body) {
    MILLRACE_ASSERT(!empty(), "there is no event yet whose headers could be used");
    const std::size_t at = bytes_.size();
    bytes_.resize(at + headersSize_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(headersAt_), headersSize_,
                bytes_.begin() + static_cast<std::ptrdiff_t>(at));
    headersAt_ = at;
    addBody(body);
}

void ThriftBatch::addBody(std::string_view body) {
    ThriftWriter writer(bytes_, protocol_);
    writer.writeField(ThriftType::binary, 2, 1);
    writer.writeBinary(body);
    writer.writeStop();
    ++events_;
}

Result<std::unique_ptr<ThriftClient>> ThriftClient::connect(const ThriftClientOptions& options,
                                                            std::shared_ptr<net::Interrupt> interrupt) {
    auto socket = CallSocket::connect(options, std::move(interrupt));
    if (!socket) return socket.error();
    return std::unique_ptr<ThriftClient>(new ThriftClient(std::move(*socket), options.protocol));
}

Result<CallStatus> ThriftClient::appendBatch(ThriftBatch& batch) {
    MILLRACE_ASSERT(batch.protocol_ == protocol_, "a batch in the encoding of another connection");
    auto front = batchFront(protocol_, ++sequence_, batch.events());
    const std::size_t length = front.size() + batch.bytes() + 1 - kThriftFrameHeaderBytes;
    if (length > INT32_MAX)
        return Error{ErrorCode::outOfRange,
                     fmt::format("a batch of {} bytes is more than a Thrift frame can hold", length)};
    putThriftFrameHeader(front.data(), length);
    std::uint8_t* const begin = batch.bytes_.data() + kThriftFrontBytes - front.size();
    std::copy(front.begin(), front.end(), begin);
    const auto offset = static_cast<std::size_t>(begin - batch.bytes_.data());
    batch.bytes_.push_back(0); // the end of the arguments
    const auto& options = socket_.options();
    const MonotonicTime deadline = options.clock->now() + options.requestTimeout;
    const Status sent = socket_.send(std::span(batch.bytes_).subspan(offset), options.requestTimeout);
    batch.bytes_.pop_back();
    if (!sent) return sent.error();
    return receiveStatus(deadline);
}

Result<CallStatus> ThriftClient::receiveStatus(MonotonicTime deadline) {
    ThriftFrames frames(kThriftReplyLimit);
    for (;;) {
        if (socket_.unread().empty()) MILLRACE_TRY(socket_.receive(deadline));
        const auto frame = frames.next(socket_.unread());
        if (!frame) return frame.error();
        if (*frame) return readStatus(**frame);
    }
}

Result<CallStatus> ThriftClient::readStatus(std::span<const std::uint8_t> reply) const {
    ThriftReader reader(reply, protocol_);
    const ThriftMessage message = reader.readMessage();
    MILLRACE_TRY(reader.status());
    const std::string peer = socket_.options().address.toString();
    if (message.sequence != sequence_)
        return Error{ErrorCode::protocol,
                     fmt::format("{} answered call {}, asked was {}", peer, message.sequence, sequence_)};
    if (message.type == ThriftMessageType::exception)
        return Error{ErrorCode::protocol, fmt::format("{} answered with an error: {}", peer, exceptionText(reader))};
    std::int32_t status = -1;
    for (ThriftField field; reader.nextField(field);)
        if (field.id == 0 && field.type == ThriftType::int32)
            status = reader.readInt32();
        else
            reader.skip(field);
    MILLRACE_TRY(reader.status());
    if (status < 0 || status > static_cast<std::int32_t>(CallStatus::unknown)) return CallStatus::unknown;
    return static_cast<CallStatus>(status);
}

} // namespace millrace::rpc
