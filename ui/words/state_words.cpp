#include "words/state_words.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(StateWords)
};
} // namespace

QString stateText(session::State state) {
    using session::State;
    switch (state) {
    case State::stopped:
        return Texts::tr("stopped");
    case State::starting:
        return Texts::tr("starting");
    case State::running:
        return Texts::tr("running");
    case State::idle:
        return Texts::tr("running, nothing to do");
    case State::waiting:
        return Texts::tr("waiting for what comes after it");
    case State::failing:
        return Texts::tr("failing, tried again");
    case State::foreign:
        return Texts::tr("runs on Apache Flume only");
    case State::notRun:
        return Texts::tr("left out because of an error");
    case State::paused:
        return Texts::tr("paused");
    case State::unknown:
        return Texts::tr("in a state that this version does not know");
    }
    return {};
}

} // namespace millrace::studio
