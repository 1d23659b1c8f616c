#pragma once

#include <set>
#include <type_traits>
#include <vector>

namespace millrace::broker {

/// The items of a request without those that repeat an earlier one, in order: what is named a thousand times is
/// answered once, as by Kafka, so that an answer is bounded by what there is. `keyOf` tells items apart; both the
/// result and the keys may refer to `items`.
template <typename Item, typename KeyOf>
std::vector<const Item*> distinct(const std::vector<Item>& items, KeyOf keyOf) {
    std::set<std::decay_t<std::invoke_result_t<KeyOf, const Item&>>> seen;
    std::vector<const Item*> result;
    for (const Item& item : items)
        if (seen.insert(keyOf(item)).second) result.push_back(&item);
    return result;
}

/// The keys that more than one of the items has, for requests in which Kafka refuses what is named twice.
template <typename Items, typename KeyOf>
auto repeated(const Items& items, KeyOf keyOf) {
    using Key = std::decay_t<std::invoke_result_t<KeyOf, const typename Items::value_type&>>;
    std::set<Key> seen, twice;
    for (const auto& item : items)
        if (Key key = keyOf(item); !seen.insert(key).second) twice.insert(std::move(key));
    return twice;
}

} // namespace millrace::broker
