#pragma once

#include <deque>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace millrace::test {

/// Walks all states that can be reached from a first one, breadth first, so that what it finds wrong it finds by the
/// shortest way.
template <typename State>
struct Explorer {
    /// What may happen next, each with a name.
    std::function<std::vector<std::pair<std::string, State>>(const State&)> steps;
    /// Tells states apart.
    std::function<std::string(const State&)> key;
    /// Empty when nothing is.
    std::function<std::string(const State&)> wrong;

    std::size_t states = 0, transitions = 0;

    /// Empty, or what is wrong and the steps that lead there.
    std::string walk(const State& first) {
        std::unordered_set<std::string> known{key(first)};
        std::deque<State> next{first};
        came_ = {{0, ""}};
        for (; !next.empty(); next.pop_front()) {
            const std::size_t number = states++;
            if (const std::string what = wrong(next.front()); !what.empty()) return what + wayTo(number);
            for (auto& [name, after] : steps(next.front())) {
                ++transitions;
                if (!known.insert(key(after)).second) continue;
                came_.emplace_back(number, std::move(name));
                next.push_back(std::move(after));
            }
        }
        return {};
    }

private:
    std::string wayTo(std::size_t number) const {
        std::string way;
        for (; number > 0; number = came_[number].first)
            way = "\n  " + came_[number].second + way;
        return way;
    }

    std::vector<std::pair<std::size_t, std::string>> came_; ///< to each state: from which, by what
};

} // namespace millrace::test
