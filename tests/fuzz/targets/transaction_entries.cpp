// The journal of transactions: entries, each behind its length in one byte. What is understood can be written down
// anew, and is understood the same.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "broker/transactions/transaction_entries.h"

namespace millrace::broker {
namespace {

using Written = std::vector<std::vector<std::uint8_t>>;

Written written(const Transactions& all) {
    Written contents;
    for (const auto& [id, transaction] : all)
        for (auto& content : encodedTransaction(transaction))
            contents.push_back(std::move(content));
    return contents;
}

} // namespace
} // namespace millrace::broker

MILLRACE_FUZZ_TARGET(transaction_entries) {
    using namespace millrace::broker;
    Transactions all;
    while (!data.empty()) {
        const auto length = std::min<std::size_t>(data[0], data.size() - 1);
        (void)learnTransaction(data.subspan(1, length), all).has_value();
        data = data.subspan(1 + length);
    }
    const Written once = written(all);
    Transactions again;
    for (const auto& content : once)
        MILLRACE_ASSERT(learnTransaction(content, again).has_value(), "what was written cannot be read");
    MILLRACE_ASSERT(written(again) == once, "written twice, two results");
}
