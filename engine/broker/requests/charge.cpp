#include "broker/requests/charge.h"

#include "broker/requests/context.h"

#include <numeric>

namespace millrace::broker {

std::chrono::milliseconds charge(const Call& call, Quota quota, const std::vector<Bytes>& answer, Context& context) {
    if (quota == Quota::request) return std::chrono::milliseconds(0);
    if (quota == Quota::produce) return context.quotas.charge(call, quota, call.requestBytes);
    const auto size = std::accumulate(answer.begin(), answer.end(), std::size_t{0},
                                      [](std::size_t sum, const Bytes& piece) { return sum + piece.size(); });
    return context.quotas.charge(call, quota, size);
}

} // namespace millrace::broker
