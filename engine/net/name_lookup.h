#pragma once

#include "net/endpoint.h"

#include <memory>
#include <vector>

namespace millrace::net {

/// A host on its way to its endpoints. A name server may take minutes and cannot be called off: the lookup of a name
/// runs on a thread of its own, which is left behind when this object goes.
class NameLookup {
public:
    /// For connecting; begins at once.
    explicit NameLookup(const Address& address);
    int descriptor() const; ///< can be read once the endpoints are there
    /// Once; waits until they are. Errors as resolve().
    Result<std::vector<Endpoint>> take();

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace millrace::net
