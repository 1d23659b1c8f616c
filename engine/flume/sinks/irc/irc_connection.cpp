#include "flume/sinks/irc/irc_connection.h"

#include "base/sentences.h"
#include "flume/sentences.h"

#include <algorithm>
#include <array>
#include <fmt/core.h>

namespace millrace::flume {
namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds kPatience{20'000};
/// Of a line, its end included (RFC 2812 §2.3); servers with tags send more, none this much.
constexpr std::size_t kLineBytes = 512;
constexpr std::size_t kReceivedLimit = 64 * 1024;
/// What a server puts in front for the others: ":nick!user@host ", with a host of at most 63 bytes and a user of 10.
constexpr std::size_t kPrefixBytes = 80;
constexpr int kMostNicks = 4;

bool is(const IrcLine& line, std::initializer_list<std::string_view> commands) {
    return std::find(commands.begin(), commands.end(), line.command) != commands.end();
}

/// What ends a stay or a try to begin one: wrong password, banned, no such channel, not to be joined, not to be written
/// to (RFC 2812 §5.2).
bool isRefusal(const IrcLine& line) {
    return is(line, {"401", "403", "404", "405", "407", "412", "431", "432", "437", "442", "451", "461",
                     "462", "463", "464", "465", "471", "473", "474", "475", "476", "477", "484"});
}

} // namespace

IrcConnection::IrcConnection(const IrcOptions& options, std::unique_ptr<net::ClientSocket> socket)
    : options_(options), socket_(std::move(socket)), nick_(options.nick) {}

IrcConnection::~IrcConnection() = default;

Result<std::unique_ptr<IrcConnection>> IrcConnection::connect(const IrcOptions& options,
                                                              std::shared_ptr<net::Interrupt> interrupt) {
    auto socket = net::connectTo(options.address, kPatience, std::move(interrupt));
    if (!socket) return socket.error();
    std::unique_ptr<IrcConnection> connection(new IrcConnection(options, std::move(*socket)));
    MILLRACE_TRY(connection->enter());
    return connection;
}

MonotonicTime IrcConnection::soon() const {
    return options_.clock->now() + kPatience;
}

Status IrcConnection::enter() {
    if (!options_.password.empty()) MILLRACE_TRY(send("PASS " + options_.password + "\r\n"));
    const std::string& user = options_.user.empty() ? options_.nick : options_.user;
    const std::string& name = options_.name.empty() ? options_.nick : options_.name;
    MILLRACE_TRY(send(fmt::format("NICK {}\r\nUSER {} 0 * :{}\r\n", nick_, user, name)));
    const MonotonicTime deadline = soon();
    MILLRACE_TRY(registerNick(deadline));
    MILLRACE_TRY(send("JOIN " + options_.channel + "\r\n"));
    return join(deadline);
}

/// Until the welcome, 001.
Status IrcConnection::registerNick(MonotonicTime deadline) {
    for (int tried = 1;;) {
        const auto line = next(deadline);
        if (!line) return line.error();
        if (line->command == "001") return ok();
        if (line->command == "433" && tried++ < kMostNicks) {
            nick_ += '_';
            MILLRACE_TRY(send("NICK " + nick_ + "\r\n"));
        } else if (line->command == "433" || isRefusal(*line)) {
            return refused("irc-refused-nick", {nick_}, *line);
        }
    }
}

/// Until the list of who is there has ended, 366.
Status IrcConnection::join(MonotonicTime deadline) {
    for (;;) {
        const auto line = next(deadline);
        if (!line) return line.error();
        if (line->command == "366") return ok();
        if (isRefusal(*line)) return refused("irc-refused-channel", {nick_, options_.channel}, *line);
    }
}

Status IrcConnection::say(std::span<const std::string> messages) {
    const std::string token = fmt::format("millrace{}", ++pings_);
    std::string lines;
    for (const std::string& message : messages)
        lines += fmt::format("PRIVMSG {} :{}\r\n", options_.channel, message);
    MILLRACE_TRY(send(lines + "PING :" + token + "\r\n"));
    return awaitPong(token, soon());
}

Status IrcConnection::awaitPong(const std::string& token, MonotonicTime deadline) {
    for (;;) {
        const auto line = next(deadline);
        if (!line) return line.error();
        if (line->command == "PONG" && line->last() == token) return ok();
        if (isRefusal(*line)) return refused("irc-refused-message", {options_.channel}, *line);
        if (line->command == "KICK" && line->parameters.size() > 1 && line->parameters[1] == nick_)
            return refused("irc-removed", {nick_, options_.channel}, *line);
    }
}

Status IrcConnection::answerWaiting() {
    for (;;) {
        const auto line = next(options_.clock->now());
        if (!line) return line.error().code == ErrorCode::timeout ? ok() : Status(line.error());
    }
}

std::size_t IrcConnection::messageBytes() const {
    const std::size_t around = std::string_view("PRIVMSG  :\r\n").size() + options_.channel.size() + kPrefixBytes;
    return kLineBytes - std::min(around + nick_.size(), kLineBytes / 2);
}

Status IrcConnection::send(const std::string& lines) {
    return socket_->sendAll({reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size()}, kPatience);
}

Result<IrcLine> IrcConnection::next(MonotonicTime deadline) {
    for (;;) {
        while (!takeLine())
            MILLRACE_TRY(receive(deadline));
        const IrcLine line = IrcLine::parse(line_);
        if (line.command == "ERROR") return refused("irc-refused", {}, line);
        if (line.command != "PING") return line;
        MILLRACE_TRY(send(fmt::format("PONG :{}\r\n", line.last())));
    }
}

/// The next whole line into line_; lines end in CR LF, from some servers in LF alone.
bool IrcConnection::takeLine() {
    const std::size_t end = received_.find('\n');
    if (end == std::string::npos) return false;
    line_ = received_.substr(0, end > 0 && received_[end - 1] == '\r' ? end - 1 : end);
    received_.erase(0, end + 1);
    return true;
}

Status IrcConnection::receive(MonotonicTime deadline) {
    const std::string peer = options_.address.toString();
    if (received_.size() > kReceivedLimit)
        return failure(ErrorCode::protocol, "irc-long-line", {peer, std::to_string(kReceivedLimit)});
    std::array<std::uint8_t, 4096> bytes;
    const auto left = std::chrono::ceil<Milliseconds>(deadline - options_.clock->now());
    const auto got = socket_->receiveSome(bytes, std::max(left, Milliseconds(0)));
    if (!got) return got.error();
    if (*got == 0) return sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {peer}, true);
    received_.append(reinterpret_cast<const char*>(bytes.data()), *got);
    return ok();
}

Error IrcConnection::refused(std::string_view sentence, std::vector<std::string> what, const IrcLine& line) const {
    what.insert(what.begin(), options_.address.toString());
    what.push_back(fmt::format("{} ({})", line.last(), line.command));
    return failure(ErrorCode::denied, sentence, std::move(what));
}

} // namespace millrace::flume
