#include "broker/topics/topic_names.h"

#include <algorithm>

namespace millrace::broker {

TopicNames::Key TopicNames::keyOf(const std::string& name) {
    Key key(name, name);
    std::replace(key.first.begin(), key.first.end(), '.', '_');
    return key;
}

const std::string* TopicNames::lookalike(const std::string& name) const {
    const Key key = keyOf(name);
    for (auto it = names_.lower_bound({key.first, {}}); it != names_.end() && it->first == key.first; ++it)
        if (it->second != name) return &it->second;
    return nullptr;
}

} // namespace millrace::broker
