#pragma once

#include "base/process_figures.h"
#include "broker/server/snapshot.h"

#include <cstddef>
#include <string>

namespace millrace::broker {

/// So many partitions and so many offsets of groups have samples of their own, the first ones by name;
/// millrace_partitions_left_out and millrace_group_offsets_left_out tell how many have none.
inline constexpr std::size_t kMostListed = 10'000;

/// A broker in the text format of Prometheus: Kafka's metrics under the names that the JMX exporter's usual rules give
/// them, groups and offsets as kafka_exporter names them, the process as Prometheus' own clients do.
std::string metricsPage(const BrokerSnapshot& broker, const ProcessFigures& process);

} // namespace millrace::broker
