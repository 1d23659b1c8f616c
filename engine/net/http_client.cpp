#include "net/http_client.h"

#include "base/sentences.h"
#include "net/connector.h"
#include "net/event_loop_impl.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace millrace::net {

namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t kHeaderLimit = 64 * 1024;

/// May be sent a second time though nobody knows what became of the first.
bool isRepeatable(std::string_view method) {
    constexpr std::string_view kMethods[] = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"};
    return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
}

/// Nothing that goes into a line of the request may end it.
Status checkCall(const HttpCall& call) {
    const auto breaks = [](const std::string& text) {
        return text.find_first_of(std::string("\r\n\0", 3)) != std::string::npos;
    };
    bool bad = call.method.empty() || call.target.empty() || breaks(call.address.host) ||
               (call.method + call.target).find(' ') != std::string::npos || breaks(call.method) || breaks(call.target);
    for (const auto& [name, value] : call.headers)
        bad = bad || name.empty() || name.find_first_of(": ") != std::string::npos || breaks(name) || breaks(value);
    if (bad) return Error{ErrorCode::invalidArgument, "a line of the request holds a character that would end it"};
    return ok();
}

Bytes requestOf(const HttpCall& call) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", call.method, call.target, call.address.toString());
    for (const auto& [name, value] : call.headers)
        text += fmt::format("{}: {}\r\n", name, value);
    if (!call.body.empty() || call.method == "POST" || call.method == "PUT")
        text += fmt::format("Content-Length: {}\r\n", call.body.size());
    text += "\r\n";
    text += call.body;
    return Bytes::copyOf(text);
}

HttpAnswer answerOf(http::response<http::string_body>&& message) {
    HttpAnswer answer;
    answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    answer.body = std::move(message.body());
    return answer;
}

struct Task {
    HttpCall call;
    HttpClient::Done done;
    Clock::TimerId timer = 0;
    bool mayRepeat = true;
};

} // namespace

std::string HttpAnswer::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const auto& header) { return boost::beast::iequals(header.first, name); });
    return found == headers.end() ? std::string() : found->second;
}

/// Everything on the loop.
class HttpClient::Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(EventLoop& loop, HttpClientOptions options) : loop_(loop), options_(std::move(options)) {}
    void send(HttpCall call, Done done);
    void stop();

private:
    class Line;
    class Handler;
    void run(Task task);
    void keep(const std::shared_ptr<Line>& line);
    std::shared_ptr<Line> takeKept(const Address& address);
    void forget(const std::shared_ptr<Line>& line);

    EventLoop& loop_;
    const HttpClientOptions options_;
    std::set<std::shared_ptr<Line>> lines_;
    std::vector<std::shared_ptr<Line>> kept_; ///< those without a call, the longest unused first
    bool stopped_ = false;
};

/// One connection and the call that it carries.
class HttpClient::Pool::Line : public std::enable_shared_from_this<Line> {
public:
    Line(std::shared_ptr<Pool> pool, Address address) : pool_(std::move(pool)), address_(std::move(address)) {}

    void connect();
    void carry(Task task) {
        stopIdling();
        reused_ = connection_ != nullptr;
        task_ = std::move(task);
        task_->timer = after(pool_->options_.timeout, [this] {
            task_->timer = 0;
            end(sentenceError(systemSentences(), ErrorCode::timeout, "no-answer-in-time", {address_.toString()}, true));
        });
        if (connection_) ask();
    }
    void idle() {
        idleTimer_ = after(pool_->options_.keepFor, [this] {
            idleTimer_ = 0;
            end({ErrorCode::cancelled, "unused"});
        });
    }

    void opened(const std::shared_ptr<Connection>& connection) {
        connection_ = connection;
        ask();
    }
    std::size_t received(std::span<const std::uint8_t> data) {
        std::size_t used = 0;
        while (used < data.size() && task_) {
            boost::system::error_code error;
            used += parser_->put(boost::asio::const_buffer(data.data() + used, data.size() - used), error);
            answerBegan_ = true;
            if (error == http::error::need_more) return used;
            if (error) return broken(error), data.size();
            if (parser_->is_done()) answered(used == data.size());
        }
        if (used < data.size()) end(protocolError("it sent what nobody had asked for"));
        return data.size();
    }
    /// Some answers end with the connection.
    void peerFinished() {
        // Behind a mere announcement (100 Continue) there is nothing yet of the answer.
        if (!task_ || !answerBegan_ || !parser_->got_some()) return end(closedError());
        boost::system::error_code error;
        parser_->put_eof(error);
        if (error) return broken(error);
        answered(false);
    }
    void closed(const Error* reason) { end(reason ? *reason : closedError()); }

    /// Closes; a call that it carries ends with the error, or is sent once more.
    void end(const Error& error) {
        if (std::exchange(ended_, true)) return;
        const auto self = shared_from_this();
        stopIdling();
        pool_->forget(self);
        const bool repeats = reused_ && !answerBegan_ && error.code == ErrorCode::closed;
        if (task_) {
            Task task = takeTask();
            if (repeats && task.mayRepeat && isRepeatable(task.call.method)) {
                task.mayRepeat = false;
                pool_->run(std::move(task));
            } else {
                task.done(error);
            }
        }
        if (outgoing_) outgoing_->cancel();
        outgoing_.reset();
        connection_.reset();
    }

    const Address& address() const { return address_; }

private:
    Clock::TimerId after(std::chrono::milliseconds delay, std::function<void()> fn) {
        return pool_->loop_.clock().after(delay, [self = shared_from_this(), fn = std::move(fn)] { fn(); });
    }
    void stopIdling() {
        if (idleTimer_ != 0) pool_->loop_.clock().cancel(std::exchange(idleTimer_, 0));
    }
    Task takeTask() {
        Task task = std::move(*task_);
        task_.reset();
        if (task.timer != 0) pool_->loop_.clock().cancel(std::exchange(task.timer, 0));
        return task;
    }

    void ask() {
        answerBegan_ = false;
        expectAnswer();
        connection_->send(requestOf(task_->call));
    }
    void expectAnswer() {
        parser_.emplace();
        parser_->header_limit(kHeaderLimit);
        parser_->body_limit(pool_->options_.bodyBytes);
        parser_->eager(true);
        parser_->skip(task_->call.method == "HEAD");
    }

    void answered(bool nothingBehind) {
        // 100 Continue and its like only announce the answer.
        if (parser_->get().result_int() / 100 == 1) return expectAnswer();
        const bool stays = parser_->keep_alive() && nothingBehind;
        auto answer = answerOf(parser_->release());
        parser_.reset();
        Task task = takeTask();
        if (stays)
            pool_->keep(shared_from_this());
        else
            end(closedError());
        task.done(std::move(answer));
    }

    void broken(const boost::system::error_code& error) {
        if (error == http::error::body_limit)
            return end({ErrorCode::outOfRange, fmt::format("{} answered with more than {} bytes, the limit",
                                                           address_.toString(), pool_->options_.bodyBytes)});
        if (error == http::error::partial_message || error == http::error::end_of_stream) return end(closedError());
        end(protocolError(error.message()));
    }
    Error protocolError(const std::string& why) const {
        return {ErrorCode::protocol, fmt::format("{} does not answer in HTTP: {}", address_.toString(), why)};
    }
    Error closedError() const {
        return sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {address_.toString()}, true);
    }

    const std::shared_ptr<Pool> pool_;
    const Address address_;
    std::shared_ptr<Outgoing> outgoing_;
    std::shared_ptr<Connection> connection_; ///< once it is open
    std::optional<Task> task_;
    std::optional<http::response_parser<http::string_body>> parser_;
    Clock::TimerId idleTimer_ = 0;
    bool reused_ = false; ///< the call under way is not its first
    bool answerBegan_ = false;
    bool ended_ = false;
};

class HttpClient::Pool::Handler final : public StreamHandler {
public:
    explicit Handler(std::shared_ptr<Line> line) : line_(std::move(line)) {}
    void opened(const std::shared_ptr<Connection>& connection) override { line_->opened(connection); }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override { return line_->received(data); }
    void peerFinished() override { line_->peerFinished(); }
    void closed(const Error* reason) override { line_->closed(reason); }

private:
    const std::shared_ptr<Line> line_;
};

void HttpClient::Pool::Line::connect() {
    ConnectOptions options;
    options.timeout = pool_->options_.timeout;
    options.transport = pool_->options_.transport;
    options.streamBufferBytes = kHeaderLimit + 16 * 1024;
    outgoing_ = connectStream(pool_->loop_, address_, options, std::make_unique<Handler>(shared_from_this()),
                              [self = shared_from_this()](const Error& error) { self->end(error); });
}

void HttpClient::Pool::send(HttpCall call, Done done) {
    if (stopped_) return done(Error{ErrorCode::cancelled, "the HTTP client has gone"});
    if (const Status fine = checkCall(call); !fine) return done(fine.error());
    run({std::move(call), std::move(done)});
}

void HttpClient::Pool::run(Task task) {
    auto line = task.mayRepeat ? takeKept(task.call.address) : nullptr;
    if (!line) {
        line = std::make_shared<Line>(shared_from_this(), task.call.address);
        lines_.insert(line);
        line->connect();
    }
    line->carry(std::move(task));
}

std::shared_ptr<HttpClient::Pool::Line> HttpClient::Pool::takeKept(const Address& address) {
    const auto found =
        std::find_if(kept_.rbegin(), kept_.rend(), [&](const auto& line) { return line->address() == address; });
    if (found == kept_.rend()) return nullptr;
    const auto line = *found;
    kept_.erase(std::next(found).base());
    return line;
}

void HttpClient::Pool::keep(const std::shared_ptr<Line>& line) {
    kept_.push_back(line);
    line->idle();
    if (kept_.size() > options_.keptConnections) {
        const auto longest = kept_.front();
        longest->end({ErrorCode::cancelled, "unused"});
    }
}

void HttpClient::Pool::forget(const std::shared_ptr<Line>& line) {
    lines_.erase(line);
    std::erase(kept_, line);
}

void HttpClient::Pool::stop() {
    stopped_ = true;
    const auto lines = lines_;
    for (const auto& line : lines)
        line->end({ErrorCode::cancelled, "the HTTP client has gone"});
}

HttpClient::HttpClient(EventLoop& loop, HttpClientOptions options)
    : loop_(loop), pool_(std::make_shared<Pool>(loop, std::move(options))) {}

HttpClient::~HttpClient() {
    loop_.impl().runAndWait([pool = pool_] { pool->stop(); });
}

void HttpClient::send(HttpCall call, Done done) {
    loop_.run([pool = pool_, call = std::move(call), done = std::move(done)]() mutable {
        pool->send(std::move(call), std::move(done));
    });
}

} // namespace millrace::net
