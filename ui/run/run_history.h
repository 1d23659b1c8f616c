#pragma once

#include "session/answer.h"
#include "session/requests.h"

#include <QObject>

#include <optional>

namespace millrace::studio {

class DocumentStore;
class RunController;
struct GraphDelta;

/// Asks the session, which gathers it, for what the charts show. One question a figure is under way at a time; of those
/// asked meanwhile the last one follows. Ids are those of the drawing, renames that the session does not know yet
/// included; nothing is told of what ran before this document was opened. GUI thread only.
class RunHistory : public QObject {
    Q_OBJECT
public:
    /// Both outlive the object.
    RunHistory(DocumentStore& store, RunController& run, QObject* parent = nullptr);

    /// A question and its answer; an empty page before the first.
    struct Told {
        session::HistoryRequest asked;
        session::HistoryPage page;
    };
    /// `sinceMs` is filled in here.
    void askThroughput(session::HistoryRequest request) { ask(throughput_, std::move(request)); }
    void askLag(session::HistoryRequest request) { ask(lag_, std::move(request)); }
    const Told& throughput() const { return throughput_.told; }
    const Told& lag() const { return lag_.told; }

signals:
    void answered();

private:
    struct Figure {
        session::RequestId underWay = 0; ///< 0: none
        session::HistoryRequest sent;
        std::optional<session::HistoryRequest> next;
        Told told;
    };
    void ask(Figure& figure, session::HistoryRequest request);
    void send(Figure& figure, session::HistoryRequest request);
    void take(const session::Answer& answer);
    void forget(const GraphDelta& delta);

    RunController& run_;
    std::int64_t sinceMs_ = 0;
    Figure throughput_, lag_;
};

} // namespace millrace::studio
