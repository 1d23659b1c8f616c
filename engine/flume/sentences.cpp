#include "flume/sentences.h"

namespace millrace::flume {

namespace {
constexpr Sentence kTexts[] = {
    {"all-refused", "not one of the last %1 events was taken, the first of the batch because: %2; more likely than the "
                    "events the place is wrong that they go to: they stay in the channel until one is taken"},
    {"amqp-closed-connection", "the broker %1 closed the connection: %2"},
    {"amqp-closed-session", "the broker %1 closed the session: %2"},
    {"amqp-closed-source", "the broker %1 closed %2: %3"},
    {"amqp-long-message", "the broker %1 sent a message of more than %2 bytes, which jms does not take: take it out of "
                          "the queue by other means"},
    {"channel-disk-full",
     "%1 has %2 bytes free, and minimumRequiredSpace is %3: events are refused until there is room, "
     "those in the channel can still be taken"},
    {"channel-full", "no room for %1 events within keep-alive %2 s, capacity is %3 (ChannelFullException): the sinks "
                     "are slower than the sources, or capacity is too small"},
    {"channel-full-bytes", "no room for %1 bytes of bodies within keep-alive %2 s, byteCapacity is %3 "
                           "(ChannelException): the sinks are slower than the sources, or byteCapacity is too small"},
    {"channel-not-open", "the channel is not open: %1"},
    {"channel-stopped", "the channel is stopped"},
    {"command-broken",
     "message %1 of the command cannot be understood: %2; the command was ended and is started again"},
    {"command-cut", "the command ended with exit code %1 in the middle of message %2"},
    {"command-ended", "the command ended with exit code %1; what it wrote to its error stream is in the log"},
    {"command-no-answer",
     "the command did not answer a batch of %1 events with this number as its ack; it was ended and is started again"},
    {"command-no-event", "the command wrote something other than an event; it was ended and is started again"},
    {"command-refused", "the command refused the batch: %1"},
    {"command-silent",
     "the command has answered %2 of %1 events after %3 ms; it was ended and is started again with the "
     "same events: raise answerTimeout, or give it fewer events at once"},
    {"command-unasked", "the command wrote an answer that nothing had asked for; it was ended and is started again"},
    {"group-cannot-run", "its group cannot run: %1"},
    {"group-fails", "no sink of the group works; each is tried again when its rest is over"},
    {"http-not-sent-again", "%1 answered %2, and by its rule the event is not sent again"},
    {"http-sent-again", "%1 answered %2, and by its rule the event is sent again"},
    {"irc-long-line", "the IRC server %1 sent a line of more than %2 bytes: it may be no IRC server"},
    {"irc-refused", "the IRC server %1 refused the connection: %2"},
    {"irc-refused-channel", "the IRC server %1 refused to let %2 into %3: %4"},
    {"irc-refused-message", "the IRC server %1 refused a message to %2: %3"},
    {"irc-refused-nick", "the IRC server %1 refused the nickname %2: %3"},
    {"irc-removed", "the IRC server %1 removed %2 from %3: %4"},
    {"search-answered", "%1 answered %2: %3"},
    {"search-busy", "%1 is still too busy for %2 events after several tries: %3"},
    {"search-refused", "%1 refuses the index or how the sink is set up: %2"},
    {"sink-stopped", "stopped by hand"},
    {"spool-file-changed",
     "%1 changed after it was read, when %2 bytes of it were delivered: move it away, or give it "
     "another name to have it read again; a file must be whole when it gets its name in spoolDir"},
    {"spool-file-stuck", "%1 cannot be read on: %2"},
    {"spool-name-used",
     "%1 is read, but %2 is there already, so that it cannot be marked as done: remove or rename one "
     "of the two"},
};
} // namespace

std::span<const Sentence> sentences() {
    return kTexts;
}

Error failure(ErrorCode kind, std::string_view code, std::vector<std::string> arguments) {
    return sentenceError(kTexts, kind, code, std::move(arguments), true);
}

} // namespace millrace::flume
