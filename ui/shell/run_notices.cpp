#include "shell/run_notices.h"

#include "run/run_controller.h"
#include "screens/problems/problems_panel.h"
#include "shell/notice_bar.h"
#include "shell/screen_docks.h"
#include "words/messages.h"

#include <algorithm>

namespace millrace::studio {

namespace {

using About = NoticeBar::About;

/// One line for each component that has events left.
QString linesOf(const std::vector<session::LeftEvents>& left) {
    QStringList lines;
    for (const session::LeftEvents& one : left) {
        const auto count = static_cast<int>(std::min<std::int64_t>(one.events, 1'000'000'000));
        const QString node = QString::fromStdString(one.node);
        lines.append(one.lost ? RunNotices::tr("%1: %n event(s) lost", nullptr, count).arg(node)
                              : RunNotices::tr("%1: %n event(s) kept on disk", nullptr, count).arg(node));
    }
    return lines.join(u'\n');
}

} // namespace

RunNotices::RunNotices(RunController& run, NoticeBar& notice, ScreenDocks& screens, QObject* parent)
    : QObject(parent), run_(run), notice_(notice), screens_(screens) {
    connect(&run, &RunController::answered, this, &RunNotices::answered);
}

void RunNotices::answered(const session::Answer& answer) {
    if (answer.verb == "start" && answer.ok) screens_.leave(screens_.get<ProblemsPanel>());
    if (tellTaken(answer)) return;
    if (!answer.left.empty())
        tellLeft(answer);
    else if (!answer.ok && !answer.issues.empty())
        tellRefused(answer);
}

bool RunNotices::tellTaken(const session::Answer& answer) {
    const auto found =
        std::ranges::find_if(answer.issues, [](const session::Issue& issue) { return !issue.freeAddress.empty(); });
    if (found == answer.issues.end()) return false;
    const QString taken = QString::fromStdString(found->takenAddress),
                  free = QString::fromStdString(found->freeAddress);
    notice_.tell(About::run, tr("%1 is taken by another program.").arg(taken),
                 {{tr("Use %1 instead").arg(free), [this, taken, free] { run_.useFreeAddress(taken, free); }}});
    showProblems();
    return true;
}

void RunNotices::tellLeft(const session::Answer& answer) {
    const bool lost = std::ranges::any_of(answer.left, &session::LeftEvents::lost);
    const auto tone = lost ? NoticeBar::Tone::error : NoticeBar::Tone::calm;
    const QString lines = linesOf(answer.left);
    if (answer.verb == "apply" && !answer.ok)
        notice_.tell(About::run, tr("This change would lose events.") + u'\n' + lines,
                     {{tr("Change all the same"), [this] { run_.applyDespiteLoss(); }}}, tone);
    else
        notice_.tell(About::run, lines, {}, tone);
}

void RunNotices::tellRefused(const session::Answer& answer) {
    const auto error = std::ranges::find(answer.issues, "error", &session::Issue::severity);
    notice_.tell(About::run, messageOf(error == answer.issues.end() ? answer.issues.front() : *error), {},
                 NoticeBar::Tone::error);
    showProblems();
}

void RunNotices::showProblems() {
    screens_.show(screens_.get<ProblemsPanel>());
}

} // namespace millrace::studio
