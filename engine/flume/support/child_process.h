#pragma once

#include "base/result.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace millrace::flume {

/// A command with its own process group, whose output is read on a thread of its own into a bounded buffer: when nobody
/// takes it the command waits in its write.
class ChildProcess {
public:
    struct Output {
        std::string out;                 ///< bytes of standard output since the last call
        std::vector<std::string> errors; ///< complete lines of standard error
        bool ended = false;              ///< both are closed and all was taken
    };
    enum class Input {
        none, ///< nothing is there to read
        sent, ///< what send() gets
    };
    /// `onReady` is called from the reader's thread when there is something to take. Errors name the command.
    static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& arguments,
                                                       const std::filesystem::path& directory,
                                                       std::function<void()> onReady, Input input = Input::none);
    ~ChildProcess(); ///< as stop()
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    Output take();
    /// Never waits: what the command does not read yet is kept. What it has closed its ears to is dropped.
    void send(std::string_view bytes);
    /// The command reads the end once it has read what was sent.
    void closeInput();
    /// Ends the whole group: asks after `grace`, kills half a second later. Returns the exit code as a shell shows it. A
    /// command that has closed its output is about to end: without grace the signal would be its exit code.
    int stop(std::chrono::milliseconds grace = std::chrono::milliseconds(0));

private:
    struct Ends {
        int in, out, err, wake;
    };
    ChildProcess(pid_t pid, const Ends& ends, std::function<void()> onReady);
    void run();
    bool readInto(int& fd, bool isOut);
    void writeInput();

    const pid_t pid_;
    const int leader_; ///< readable once the command has ended; -1 where the system cannot tell
    int in_;           ///< -1: none, or closed; these three are the reader thread's
    int out_;
    int err_;
    const int wake_; ///< eventfd: room again, more to send, or stop
    std::function<void()> onReady_;
    std::mutex mutex_;
    Output ready_;
    std::string errorTail_;
    std::string toSend_;
    std::size_t sent_ = 0; ///< of toSend_
    bool inputEnds_ = false;
    bool stopping_ = false;
    int exitCode_ = -1;
    std::thread thread_;
};

} // namespace millrace::flume
