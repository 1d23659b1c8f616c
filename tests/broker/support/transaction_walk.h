#pragma once

#include "broker/support/transaction_model.h"
#include "support/explorer.h"

#include <QtTest>

namespace millrace::broker::testing {

/// Every order of events from `first` on.
inline void walkAll(const TransactionModel& first) {
    test::Explorer<TransactionModel> explorer;
    std::size_t committed = 0;
    explorer.steps = [](const auto& model) { return model.steps(); };
    explorer.key = [](const auto& model) { return model.key(); };
    explorer.wrong = [&](const auto& model) {
        committed += model.hasCommitted() ? 1 : 0;
        return model.wrong();
    };
    const std::string wrong = explorer.walk(first);
    QVERIFY2(wrong.empty(), wrong.c_str());
    QVERIFY2(explorer.states > 1000 && committed > 100, "it did not get far");
    qInfo("%zu states, %zu of them with a commit, %zu transitions", explorer.states, committed, explorer.transitions);
}

} // namespace millrace::broker::testing
