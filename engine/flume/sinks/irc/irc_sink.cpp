#include "flume/registry.h"
#include "flume/sinks/irc/irc_connection.h"
#include "flume/support/batch_sink.h"
#include "java/java_regex.h"

#include <fmt/core.h>
#include <optional>

namespace millrace::flume {
namespace {

struct IrcSinkOptions {
    IrcOptions connection;
    std::optional<java::JavaRegex> splitAt; ///< null: a body is one message
};

/// org.apache.flume.sink.irc.IRCSink: an event a transaction, committed when the server has dealt with its messages.
/// The connection is made with the first event and kept.
class IrcSink final : public BatchSink {
public:
    IrcSink(IrcSinkOptions options, const ComponentServices& services)
        : BatchSink(services, kEventsAtOnce, FlumeCounter::eventWriteFail), options_(std::move(options)) {
        options_.connection.clock = services.clock;
    }

    Status start() override {
        interrupt_->clear();
        return ok();
    }
    void stop() override { connection_.reset(); }
    void interrupt() override { interrupt_->raise(); }

private:
    static constexpr std::size_t kEventsAtOnce = 1;
    /// A server that hears nothing asks after a minute or two, and waits about as long for the answer.
    static constexpr std::chrono::seconds kLooks{15};

    Status prepare() override {
        if (!connection_) return ok();
        Status answered = connection_->answerWaiting();
        if (!answered) connection_.reset(); // it is made anew for the next event, and nothing is lost with it
        return ok();
    }
    Cycle idle() const override { return connection_ ? Cycle::idle(services().clock->now() + kLooks) : Cycle::idle(); }

    Status send(std::span<const EventRange> events, std::size_t) override {
        if (!connection_) MILLRACE_TRY(connect());
        std::vector<std::string> messages;
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i)
                add(range.batch->body(i), messages);
        if (messages.empty()) return ok();
        const Status said = connection_->say(messages);
        if (!said) connection_.reset();
        return said;
    }

    Status connect() {
        auto connection = IrcConnection::connect(options_.connection, interrupt_);
        if (!connection) return std::move(connection).error();
        connection_ = std::move(*connection);
        if (connection_->nick() != options_.connection.nick)
            services().log->warning(services().id, "the nickname {} is taken, {} is used", options_.connection.nick,
                                    connection_->nick());
        return ok();
    }

    void add(std::string_view body, std::vector<std::string>& messages) {
        const auto addOne = [&](std::string_view text) {
            for (std::string& piece : ircMessages(text, connection_->messageBytes()))
                messages.push_back(std::move(piece));
        };
        if (!options_.splitAt) return addOne(body);
        for (const std::string& piece : java::splitBy(*options_.splitAt, body))
            addOne(piece);
    }

    IrcSinkOptions options_;
    const std::shared_ptr<net::Interrupt> interrupt_ = net::makeInterrupt();
    std::unique_ptr<IrcConnection> connection_;
};

/// A word that goes into a command: what would end it, or begin another one, is refused.
Status checkWord(const Settings& settings, std::string_view key, std::string_view value) {
    if (value.find_first_of(std::string_view(" \r\n\0,", 5)) == std::string_view::npos && !value.starts_with(':'))
        return ok();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("{}: {} must be one word without commas, and no colon at its front", settings.who(), key),
                 false};
}

Status checkWords(const Settings& settings, const IrcOptions& options) {
    MILLRACE_TRY(checkWord(settings, "nick", options.nick));
    MILLRACE_TRY(checkWord(settings, "user", options.user));
    if (options.name.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        return Error{ErrorCode::invalidArgument, settings.who() + ": name must be one line", false};
    MILLRACE_TRY(checkWord(settings, "chan", options.channel));
    return checkWord(settings, "password", options.password);
}

Result<std::unique_ptr<Sink>> makeIrcSink(Settings& settings, const ComponentServices& services) {
    IrcSinkOptions options;
    IrcOptions& connection = options.connection;
    connection.address = {settings.text("hostname"), static_cast<std::uint16_t>(settings.number("port"))};
    connection.nick = settings.text("nick");
    connection.user = settings.textIfSet("user").value_or("");
    connection.name = settings.textIfSet("name").value_or("");
    connection.password = settings.textIfSet("password").value_or("");
    connection.channel = "#" + settings.text("chan");
    const bool split = settings.flag("splitlines");
    const std::string pattern = settings.text("splitchars");
    MILLRACE_TRY(settings.status());
    MILLRACE_TRY(checkWords(settings, connection));
    if (split) {
        auto regex = java::JavaRegex::compile(pattern);
        if (!regex) return regex.error().in(settings.who() + ": splitchars");
        regex->warnIn(*services.log, services.id);
        options.splitAt = std::move(*regex);
    }
    return std::unique_ptr<Sink>(std::make_unique<IrcSink>(std::move(options), services));
}

} // namespace

MILLRACE_COMPONENT(IrcSink, "org.apache.flume.sink.irc.IRCSink", &makeIrcSink)

} // namespace millrace::flume
