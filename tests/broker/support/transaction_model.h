#pragma once

#include "broker/partitions/producer_states.h"
#include "broker/transactions/decide.h"

#include <fmt/core.h>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace millrace::broker::testing {

/// One transactional id, two partitions, two producers that both believe to be the only one, and a network that may
/// lose every answer and deliver one request late. What is decided here, decide() and ProducerStates decide.
class TransactionModel {
public:
    static constexpr int kProducers = 2, kPartitions = 2;
    /// What each producer may do: more than these finds no more, and takes long.
    static constexpr std::array<int, kProducers> kStarts{1, 1}, kTransactions{2, 1};

    /// `firstEpoch`: that the first producer to start gets; epochs end with 32766.
    explicit TransactionModel(bool bumps, std::int16_t firstEpoch = 0);

    std::vector<std::pair<std::string, TransactionModel>> steps() const;
    std::string key() const;
    /// What must never be and is; empty when nothing is.
    std::string wrong() const;
    bool hasCommitted() const { return !committed_.empty(); }

private:
    /// Of one transaction, as the world outside knows it: number of the producer, number of its transaction.
    using Name = std::pair<int, int>;
    struct Producer {
        int starts = 0;
        int transaction = 0; ///< number of the one that is open, or comes next
        std::int64_t id = -1;
        std::int16_t epoch = -1;
        bool fenced = false;
        std::optional<EndTransaction> ending; ///< asked for, not answered
        std::set<int> sent;                   ///< partitions that have its record of this transaction
    };
    struct Line { ///< of a partition's log: a record of a transaction, or a marker
        std::optional<Name> record;
        std::int64_t producerId = -1;
        std::int16_t epoch = 0;
        bool commit = false;
    };
    struct Log {
        ProducerStates producers;
        std::vector<Line> lines;
    };
    using Steps = std::vector<std::pair<std::string, TransactionModel>>;

    const Transaction* known() const { return now_.state == TransactionState::dead ? nullptr : &now_; }
    Decision judged(const TransactionRequest& request) const { return decide(known(), request, 0); }
    static TopicPartition place(int partition) { return {"t", partition}; }
    void adopt(const Decision& decision);
    void start(int number);
    void add(int number, int partition);
    void send(int number, int partition);
    void askToEnd(int number);
    void goOn(Producer& producer) const;
    void answerEnd(int number, const Decision& decision);
    void tell(int partition);
    void complete();
    void die();
    void timeOut();
    void deliverLate();
    void refused(Producer& producer, std::int16_t error);
    void addProducerSteps(int number, Steps& all) const;
    template <typename Change>
    void addStep(Steps& all, std::string name, Change change) const;
    struct Outcomes {
        std::set<Name> visible, open, all;
    };
    static Outcomes outcomesIn(const Log& log);

    bool bumps_;
    Transaction now_;
    std::int64_t lastId_ = 0; ///< the last producer id that was given out
    std::set<int> told_; ///< partitions that have the marker of the prepared end
    bool died_ = false;  ///< the broker, in the middle of it; once is enough
    std::array<Producer, kProducers> producers_;
    std::array<Log, kPartitions> logs_;
    std::optional<EndTransaction> late_; ///< a request that the network still has
    bool lateDone_ = false;
    std::set<Name> committed_, aborted_; ///< as producers were told
    std::string broken_;
};

} // namespace millrace::broker::testing
