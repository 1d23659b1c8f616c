#include "broker/support/transaction_model.h"

#include "broker/transactions/transaction_entries.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker::testing {

using namespace wire::error;

namespace {
constexpr std::int32_t kTimeoutMs = 10;
} // namespace

TransactionModel::TransactionModel(bool bumps, std::int16_t firstEpoch) : bumps_(bumps) {
    if (firstEpoch == 0) return;
    Transaction before;
    before.state = TransactionState::empty;
    before.producerId = ++lastId_;
    before.epoch = static_cast<std::int16_t>(firstEpoch - 1);
    now_ = std::move(before);
}

void TransactionModel::adopt(const Decision& decision) {
    now_ = decision.next;
    if (decision.newProducerId) now_.*decision.newProducerId = ++lastId_;
}

void TransactionModel::start(int number) {
    const Decision decision = judged(InitTransactions{kTimeoutMs});
    if (decision.kind == Decision::refuse) return;
    adopt(decision);
    if (decision.kind == Decision::abortFirst) return; // its answer was lost: it comes again
    Producer& producer = producers_[std::size_t(number)];
    if (!producer.sent.empty() || producer.ending) ++producer.transaction;
    producer = {producer.starts + 1, producer.transaction, now_.producerId, now_.epoch, false, std::nullopt, {}};
}

void TransactionModel::refused(Producer& producer, std::int16_t error) {
    if (error == kProducerFenced || error == kInvalidProducerEpoch || error == kInvalidProducerIdMapping)
        producer.fenced = true;
}

void TransactionModel::add(int number, int partition) {
    Producer& producer = producers_[std::size_t(number)];
    const Decision decision = judged(JoinTransaction{producer.id, producer.epoch, {place(partition)}});
    if (decision.kind == Decision::refuse) return refused(producer, decision.error);
    if (producer.fenced) broken_ = "a fenced producer begins a transaction";
    if (decision.kind == Decision::change) adopt(decision);
}

void TransactionModel::send(int number, int partition) {
    Producer& producer = producers_[std::size_t(number)];
    Log& log = logs_[std::size_t(partition)];
    wire::BatchHeader header;
    header.baseOffset = std::int64_t(log.lines.size());
    header.attributes = wire::kTransactionalBit;
    header.producerId = producer.id;
    header.producerEpoch = producer.epoch;
    header.recordCount = 1;
    header.baseSequence = std::int32_t(std::ranges::count_if(log.lines, [&](const Line& line) {
        return line.record && line.producerId == producer.id && line.epoch == producer.epoch;
    }));
    const auto verdict = log.producers.check(header);
    if (const auto* error = std::get_if<std::int16_t>(&verdict)) return refused(producer, *error);
    if (!log.producers.isOpen(producer.id, producer.epoch))
        if (const auto error = whyNotIn(known(), producer.id, producer.epoch, place(partition)))
            return refused(producer, error);
    if (producer.fenced) broken_ = "a record of a fenced producer is taken";
    log.producers.remember(header);
    log.lines.push_back({Name{number, producer.transaction}, producer.id, producer.epoch, false});
    producer.sent.insert(partition);
}

void TransactionModel::askToEnd(int number) {
    const Decision decision = judged(*producers_[std::size_t(number)].ending);
    if (decision.kind == Decision::change) {
        if (producers_[std::size_t(number)].fenced) broken_ = "a fenced producer ends a transaction";
        return adopt(decision); // its answer is lost: it asks again
    }
    answerEnd(number, decision);
}

/// With what the answer tells, also one that was fenced by a timeout and wanted to abort anyway.
void TransactionModel::goOn(Producer& producer) const {
    const bool other = now_.nextProducerId >= 0;
    producer.id = other ? now_.nextProducerId : now_.producerId;
    producer.epoch = other ? std::int16_t{0} : now_.epoch;
    producer.fenced = false;
}

void TransactionModel::answerEnd(int number, const Decision& decision) {
    Producer& producer = producers_[std::size_t(number)];
    if (decision.kind == Decision::refuse) {
        refused(producer, decision.error);
        if (decision.error == kConcurrentTransactions) return;
    } else {
        (producer.ending->commit ? committed_ : aborted_).insert({number, producer.transaction});
        if (bumps_) goOn(producer);
        ++producer.transaction;
        producer.sent.clear();
    }
    producer.ending.reset();
}

void TransactionModel::tell(int partition) {
    told_.insert(partition);
    const bool commit = now_.state == TransactionState::prepareCommit;
    Log& log = logs_[std::size_t(partition)];
    const wire::TransactionMarker marker{now_.producerId, now_.epoch, commit, 0, 0};
    if (log.producers.isOutdated(marker)) return;
    log.producers.end(marker, std::int64_t(log.lines.size()));
    log.lines.push_back({std::nullopt, now_.producerId, now_.epoch, commit});
}

void TransactionModel::complete() {
    now_ = completed(now_, 0);
    told_.clear();
}

/// What the journal does not keep is not known any more.
void TransactionModel::die() {
    Transactions all;
    now_.id = "tx";
    for (const auto& content : encodedTransaction(now_))
        if (!learnTransaction(content, all)) broken_ = "the journal cannot be read";
    now_ = all[now_.id];
    told_.clear();
    died_ = true;
}

void TransactionModel::timeOut() {
    const Decision decision = decide(known(), TimeOutTransaction{}, now_.started + kTimeoutMs + 1);
    if (decision.kind == Decision::change) adopt(decision);
}

void TransactionModel::deliverLate() {
    const Decision decision = judged(*std::exchange(late_, std::nullopt));
    if (decision.kind == Decision::change) adopt(decision);
}

template <typename Change>
void TransactionModel::addStep(Steps& all, std::string name, Change change) const {
    all.emplace_back(std::move(name), *this);
    change(all.back().second);
}

void TransactionModel::addProducerSteps(int number, Steps& all) const {
    const Producer& producer = producers_[std::size_t(number)];
    const std::string who = fmt::format("producer {} ", number);
    if (producer.starts < kStarts[std::size_t(number)])
        addStep(all, who + "starts", [=](auto& model) { model.start(number); });
    if (producer.id < 0) return;
    if (producer.ending) return addStep(all, who + "asks to end again", [=](auto& model) { model.askToEnd(number); });
    const bool more = producer.transaction < kTransactions[std::size_t(number)];
    for (int partition = 0; partition < kPartitions && more; ++partition) {
        // One after the other, since they are alike.
        if (producer.sent.contains(partition) || (partition > 0 && !producer.sent.contains(partition - 1))) continue;
        // A record brings its partition with it where epochs are bumped; elsewhere the first shows what may come
        // between.
        const bool apart = !bumps_ && partition == 0;
        if (apart)
            addStep(all, fmt::format("{}adds {}", who, partition), [=](auto& model) { model.add(number, partition); });
        addStep(all, fmt::format("{}sends to {}", who, partition), [=](auto& model) {
            if (!apart) model.add(number, partition);
            model.send(number, partition);
        });
    }
    for (const bool commit : {true, false}) {
        if (producer.sent.empty()) continue;
        const auto ask = [=](TransactionModel& model) {
            auto& asking = model.producers_[std::size_t(number)];
            asking.ending = EndTransaction{asking.id, asking.epoch, commit, model.bumps_};
            model.askToEnd(number);
        };
        const std::string name = who + (commit ? "asks to commit" : "asks to abort");
        addStep(all, name, ask);
        // Where epochs stay the same a request that comes late may hit the next transaction: so Kafka got KIP-890.
        if (!bumps_ || lateDone_ || number > 0 || producer.transaction > 0) continue;
        addStep(all, name + ", and the network keeps it", [=](auto& model) {
            ask(model);
            model.late_ = EndTransaction{producer.id, producer.epoch, commit, true};
            model.lateDone_ = true;
        });
    }
}

std::vector<std::pair<std::string, TransactionModel>> TransactionModel::steps() const {
    Steps all;
    for (int number = 0; number < kProducers; ++number)
        addProducerSteps(number, all);
    if (late_) addStep(all, "the network delivers what it kept", [](auto& model) { model.deliverLate(); });
    if (now_.state == TransactionState::ongoing)
        addStep(all, "the transaction times out", [](auto& model) { model.timeOut(); });
    if (!now_.isPrepared()) return all;
    bool left = false;
    for (int partition = 0; partition < kPartitions; ++partition) {
        if (!now_.partitions.contains(place(partition)) || told_.contains(partition)) continue;
        left = true;
        addStep(all, fmt::format("{} is told", partition), [=](auto& model) { model.tell(partition); });
    }
    if (!left) addStep(all, "all are told", [](auto& model) { model.complete(); });
    if (told_.empty() || died_) return all;
    addStep(all, "the broker dies", [](auto& model) { model.die(); });
    return all;
}

std::string TransactionModel::key() const {
    std::string key = fmt::format("{} {} {} {} {} {}|", int(now_.state), now_.producerId, now_.epoch, now_.lastEpoch,
                                  now_.lastProducerId, now_.nextProducerId);
    for (const auto& [topic, index] : now_.partitions)
        key += fmt::format("{},", index);
    for (const int partition : told_)
        key += fmt::format("t{}", partition);
    const auto add = [&](const std::optional<EndTransaction>& end) {
        if (end) key += fmt::format("e{}.{}{}", end->producerId, end->epoch, int(end->commit));
    };
    for (const Producer& producer : producers_) {
        key += fmt::format("|{} {} {}.{} {}", producer.starts, producer.transaction, producer.id, producer.epoch,
                           producer.fenced);
        add(producer.ending);
        for (const int partition : producer.sent)
            key += fmt::format("s{}", partition);
    }
    for (const Log& log : logs_) {
        key += '|';
        for (const Line& line : log.lines)
            key += line.record ? fmt::format("r{}.{}.{}.{}", line.record->first, line.record->second, line.producerId,
                                             line.epoch)
                               : fmt::format("m{}.{}.{}", line.producerId, line.epoch, int(line.commit));
    }
    key += fmt::format("|{}{}{}{}", lateDone_, died_, committed_.size(), aborted_.size());
    add(late_);
    return key + broken_;
}

TransactionModel::Outcomes TransactionModel::outcomesIn(const Log& log) {
    Outcomes outcomes;
    for (const Line& line : log.lines) {
        if (line.record) {
            outcomes.open.insert(*line.record);
            outcomes.all.insert(*line.record);
            continue;
        }
        if (line.commit) outcomes.visible.insert(outcomes.open.begin(), outcomes.open.end());
        outcomes.open.clear();
    }
    return outcomes;
}

std::string TransactionModel::wrong() const {
    if (!broken_.empty()) return broken_;
    std::set<Name> seen, hidden, open;
    for (int partition = 0; partition < kPartitions; ++partition) {
        const auto outcomes = outcomesIn(logs_[std::size_t(partition)]);
        open.insert(outcomes.open.begin(), outcomes.open.end());
        for (const Name& name : outcomes.all)
            if (!outcomes.open.contains(name)) (outcomes.visible.contains(name) ? seen : hidden).insert(name);
        const bool known = now_.state == TransactionState::ongoing || now_.isPrepared();
        if (!outcomes.open.empty() && !(known && now_.partitions.contains(place(partition))))
            return "a transaction is open in a partition, and nobody will end it";
        if (outcomes.open.size() > 1) return "two transactions of one id are open";
    }
    for (const Name& name : seen) {
        if (hidden.contains(name)) return "half of a transaction is seen";
        if (aborted_.contains(name)) return "an aborted transaction is seen";
    }
    for (const Name& name : committed_)
        if (hidden.contains(name) || open.contains(name)) return "a committed transaction is lost";
    return {};
}

} // namespace millrace::broker::testing
