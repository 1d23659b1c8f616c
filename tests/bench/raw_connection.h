#pragma once

#include "payload.h"

#include "base/bytes.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

/// A client that does as little as a client can, so that what is measured is the broker, whoever's it is: requests are
/// encoded beforehand or at once, nothing is copied that need not be. Any failure ends the program with a sentence.
namespace millrace::bench {

using SteadyClock = std::chrono::steady_clock;
inline double secondsSince(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

[[noreturn]] inline void giveUp(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
}

/// `--name value` pairs after the program's plain arguments.
class Arguments {
public:
    Arguments(int count, char** values) {
        for (int i = 1; i < count; ++i)
            if (std::strncmp(values[i], "--", 2) == 0 && i + 1 < count) {
                named_[values[i] + 2] = values[i + 1];
                ++i;
            } else {
                plain_.push_back(values[i]);
            }
    }
    std::string plain(std::size_t index) const {
        if (index >= plain_.size()) giveUp("an argument is missing: see the head of the source file");
        return plain_[index];
    }
    long number(const std::string& name, long unset) const {
        const auto found = named_.find(name);
        return found == named_.end() ? unset : std::atol(found->second.c_str());
    }
    std::string text(const std::string& name, const std::string& unset) const {
        const auto found = named_.find(name);
        return found == named_.end() ? unset : found->second;
    }

private:
    std::vector<std::string> plain_;
    std::map<std::string, std::string> named_;
};

template <typename Request>
std::vector<std::uint8_t> encoded(const Request& request, wire::Version version, std::int32_t correlation = 1) {
    wire::Writer writer(0, false);
    writer.beginFrame();
    const bool flexible = Request::kApi.flexible(version);
    wire::writeRequestHeader(writer, {Request::kApi.key, version, correlation, "bench"}, flexible);
    writer.continueAs(version, flexible);
    writer.field(request);
    std::vector<std::uint8_t> frame;
    for (const Bytes& piece : writer.finish())
        frame.insert(frame.end(), piece.span().begin(), piece.span().end());
    return frame;
}

template <typename Response>
Response decoded(Bytes frame, wire::Version version) {
    wire::Reader reader(std::move(frame), 0, false);
    wire::readResponseHeader(reader, Response::kApi, version);
    Response response;
    reader.field(response);
    if (const auto status = reader.status(); !status)
        giveUp(std::string(Response::kApi.name) + ": " + status.error().message);
    return response;
}

class RawConnection {
public:
    /// "127.0.0.1:9092"
    explicit RawConnection(const std::string& address) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const std::size_t colon = address.rfind(':');
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + colon + 1)));
        if (::inet_pton(AF_INET, address.substr(0, colon).c_str(), &peer.sin_addr) != 1 ||
            ::connect(fd_, reinterpret_cast<sockaddr*>(&peer), sizeof peer) != 0)
            giveUp("no connection to " + address);
        const int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~RawConnection() { ::close(fd_); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    int fd() const { return fd_; }

    void send(const std::vector<std::uint8_t>& frame) {
        for (std::size_t sent = 0; sent < frame.size();) {
            const ssize_t n = ::send(fd_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) giveUp("the broker closed the connection");
            sent += static_cast<std::size_t>(n);
        }
    }
    /// A whole response without its length; waits for it.
    Bytes receive() {
        std::uint8_t head[4];
        fill(head, sizeof head);
        const std::uint32_t length =
            std::uint32_t{head[0]} << 24 | std::uint32_t{head[1]} << 16 | std::uint32_t{head[2]} << 8 | head[3];
        if (length > 256u << 20) giveUp("a response of more than 256 MiB");
        std::vector<std::uint8_t> body(length);
        fill(body.data(), length);
        return Bytes(std::move(body));
    }
    template <typename Response, typename Request>
    Response ask(const Request& request, wire::Version version) {
        send(encoded(request, version));
        return decoded<Response>(receive(), version);
    }

private:
    void fill(std::uint8_t* into, std::size_t length) {
        for (std::size_t got = 0; got < length;) {
            const ssize_t n = ::recv(fd_, into + got, length - got, 0);
            if (n <= 0) giveUp("the broker closed the connection");
            got += static_cast<std::size_t>(n);
        }
    }
    int fd_;
};

inline void demand(std::int16_t errorCode, const char* what) {
    if (errorCode != 0) giveUp(std::string(what) + ": error " + std::to_string(errorCode));
}

/// The value below which `share` of them lie; 0 of none.
inline double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

inline void printQuantiles(const std::vector<double>& milliseconds) {
    std::printf("p50 %.3f\np99 %.3f\np99.9 %.3f\n", quantile(milliseconds, 0.5), quantile(milliseconds, 0.99),
                quantile(milliseconds, 0.999));
}

} // namespace millrace::bench
