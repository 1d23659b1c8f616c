#pragma once

#include "monitor/chart_card.h"
#include "run/run_history.h"

#include <QHash>
#include <QList>
#include <QString>

#include <string>

namespace millrace::studio {

class DocumentStore;

/// The lines of the charts out of what the session told: their names, their order, and colours that stay with them as
/// long as they are charted. GUI thread only.
class ChartLines {
public:
    /// `store` outlives the object.
    explicit ChartLines(const DocumentStore& store) : store_(store) {}

    /// Of what is drawn, in the order of the file; the others as one line, the last.
    QList<CardLine> throughput(const session::HistoryPage& page);
    /// In the order of the partitions; the others as one line, the last. Seconds where milliseconds were asked for.
    QList<CardLine> lag(const RunHistory::Told& told);

private:
    QString nameOf(const std::string& id, bool shared) const;

    const DocumentStore& store_;
    /// Id of a line → place in the order of colours.
    QHash<QString, int> placeOf_, partitionPlaceOf_;
};

} // namespace millrace::studio
