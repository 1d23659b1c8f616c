#pragma once

#include "broker/consumers/consumer_group.h"

namespace millrace::broker {

/// One step of a member towards its target, KIP-848: it gives up first, then it comes into the epoch of the target, and
/// gets of it what nobody else has any more. `owned` is what it says that it has, null that this has not changed; the
/// same member comes back where nothing can be done. `group` is the one it is in.
ConsumerMember reconciled(const ConsumerGroup& group, ConsumerMember member, const PartitionIds* owned);

/// Whether two members have the same partition, as only a journal says that has lost something in its middle.
bool givesTwice(const ConsumerGroup& group);

} // namespace millrace::broker
