#include "run/run_history.h"

#include "document/document_store.h"
#include "run/run_controller.h"

#include <utility>

namespace millrace::studio {

RunHistory::RunHistory(DocumentStore& store, RunController& run, QObject* parent) : QObject(parent), run_(run) {
    connect(&run, &RunController::looked, this, &RunHistory::take);
    connect(&store, &DocumentStore::changed, this,
            [this](const topology::Edit&, const GraphDelta& delta) { forget(delta); });
}

void RunHistory::ask(Figure& figure, session::HistoryRequest request) {
    request.sinceMs = sinceMs_;
    if (figure.underWay != 0)
        figure.next = std::move(request);
    else
        send(figure, std::move(request));
}

void RunHistory::send(Figure& figure, session::HistoryRequest request) {
    figure.sent = request;
    for (std::string& id : request.prefer)
        for (const session::RenamePair& rename : run_.pendingRenames())
            if (rename.to == id) id = rename.from;
    figure.underWay = run_.session().history(std::move(request));
}

void RunHistory::take(const session::Answer& answer) {
    for (Figure* figure : {&throughput_, &lag_}) {
        if (answer.request != figure->underWay) continue;
        figure->underWay = 0;
        if (answer.history) figure->told = {figure->sent, *answer.history};
        const auto renamed = [this](std::string& id) {
            for (const session::RenamePair& rename : run_.pendingRenames())
                if (rename.from == id) return void(id = rename.to);
        };
        for (session::HistoryLine& line : figure->told.page.lines)
            renamed(line.id);
        for (std::string& id : figure->told.page.otherIds)
            renamed(id);
        if (auto next = std::exchange(figure->next, std::nullopt)) send(*figure, std::move(*next));
        emit answered();
    }
}

// An answer that is still on its way speaks of the document before.
void RunHistory::forget(const GraphDelta& delta) {
    if (!delta.loaded) return;
    sinceMs_ = run_.session().snapshot()->monotonicUs / 1000 + 1;
    throughput_ = lag_ = {};
    emit answered();
}

} // namespace millrace::studio
