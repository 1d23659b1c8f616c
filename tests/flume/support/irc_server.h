#pragma once

#include "net/event_loop.h"
#include "net/listener.h"

#include <fmt/core.h>

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// As much of an IRC server as a client notices. What it does is set before it is connected to; what it heard may be
/// asked from any thread.
class IrcServer {
public:
    std::set<std::string> takenNicks;
    std::string password;        ///< empty: none is asked for
    std::string refusesJoin;     ///< a number such as "474"
    std::string refusesMessages; ///< as long as so many are to come
    int refusals = 0;
    int hangsUpAfter = -1;  ///< so many messages, once
    bool asksOften = false; ///< a PING in front of each answer
    bool silent = false;    ///< answers nothing at all

    IrcServer() : loop_("irc test") {
        auto listener =
            net::listenStream(loop_, {"127.0.0.1", 0}, {}, [this] { return std::make_unique<Peer>(*this); });
        if (listener) listener_ = std::move(*listener);
    }
    ~IrcServer() { listener_.reset(); }
    std::uint16_t port() const { return listener_->address().port; }
    std::vector<std::string> heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    /// The lines that begin with `command`, without it.
    std::vector<std::string> heard(const std::string& command) const {
        std::vector<std::string> lines;
        for (const std::string& line : heard())
            if (line.starts_with(command + " ")) lines.push_back(line.substr(command.size() + 1));
        return lines;
    }
    std::size_t clients() const { return listener_->connectionCount(); }

private:
    class Peer final : public net::StreamHandler {
    public:
        explicit Peer(IrcServer& server) : server_(server) {}
        void opened(const std::shared_ptr<net::Connection>& connection) override { connection_ = connection; }
        Result<std::size_t> received(std::span<const std::uint8_t> data) override {
            text_.append(reinterpret_cast<const char*>(data.data()), data.size());
            for (std::size_t end; (end = text_.find("\r\n")) != std::string::npos; text_.erase(0, end + 2))
                line(text_.substr(0, end));
            return data.size();
        }
        void closed(const Error*) override { connection_.reset(); }

    private:
        void say(const std::string& line) {
            if (server_.silent || !connection_) return;
            const std::string text = (server_.asksOften ? "PING :are you there\r\n" : "") + line + "\r\n";
            connection_->send(Bytes(std::vector<std::uint8_t>(text.begin(), text.end())));
        }
        void number(const std::string& code, const std::string& text) {
            say(":server " + code + " " + nick_ + " :" + text);
        }
        void line(const std::string& line) {
            {
                const std::lock_guard lock(server_.mutex_);
                server_.heard_.push_back(line);
            }
            const std::string command = line.substr(0, line.find(' '));
            const std::string rest = line.size() > command.size() ? line.substr(command.size() + 1) : "";
            if (command == "PASS") passed_ = rest == server_.password;
            if (command == "NICK") takeNick(rest);
            if (command == "USER") user_ = true;
            if (command == "NICK" || command == "USER") welcome();
            if (command == "JOIN") join();
            if (command == "PRIVMSG") message();
            if (command == "PING") say(":server PONG server " + rest);
        }
        void takeNick(const std::string& nick) {
            if (server_.takenNicks.count(nick) > 0) return number("433", "Nickname is already in use");
            nick_ = nick;
        }
        void welcome() {
            if (!user_ || nick_.empty()) return;
            if (!server_.password.empty() && !passed_) return number("464", "Password incorrect");
            number("001", "Welcome");
        }
        void join() {
            if (!server_.refusesJoin.empty()) return number(server_.refusesJoin, "Cannot join channel (+b)");
            number("353", "somebody");
            number("366", "End of /NAMES list.");
        }
        void message() {
            if (server_.refusals > 0 && server_.refusals-- > 0)
                return number(server_.refusesMessages, "Cannot send to channel");
            if (server_.hangsUpAfter > 0 && --server_.hangsUpAfter == 0) connection_->close();
        }

        IrcServer& server_;
        std::shared_ptr<net::Connection> connection_;
        std::string text_, nick_;
        bool user_ = false;
        bool passed_ = false;
    };

    net::EventLoop loop_;
    std::unique_ptr<net::Listener> listener_;
    mutable std::mutex mutex_;
    std::vector<std::string> heard_;
};

} // namespace millrace::flume::test
