#include "broker/handlers/api_table.h"

#include "broker/handlers/handlers.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace millrace::broker {

namespace {

std::vector<ApiRow> gathered() {
    std::vector<ApiRow> rows;
    for (const auto row : kApiRows)
        rows.push_back(row());
    std::sort(rows.begin(), rows.end(), [](const ApiRow& a, const ApiRow& b) { return a.api->key < b.api->key; });
    return rows;
}

} // namespace

std::span<const ApiRow> apiTable() {
    static const std::vector<ApiRow> rows = gathered();
    return rows;
}

const ApiRow* findApi(std::int16_t key) {
    const auto rows = apiTable();
    const auto it = std::lower_bound(rows.begin(), rows.end(), key,
                                     [](const ApiRow& row, std::int16_t k) { return row.api->key < k; });
    return it != rows.end() && it->api->key == key ? &*it : nullptr;
}

std::string apiCoverage() {
    std::string page = "| Key | API | Versions |\n|---|---|---|\n";
    for (const ApiRow& row : apiTable())
        page += row.api->min == row.api->max
                    ? fmt::format("| {} | {} | {} |\n", row.api->key, row.api->name, row.api->max)
                    : fmt::format("| {} | {} | {}–{} |\n", row.api->key, row.api->name, row.api->min, row.api->max);
    return page;
}

} // namespace millrace::broker
