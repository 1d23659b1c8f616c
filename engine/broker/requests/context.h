#pragma once

#include "base/clock.h"
#include "base/executor.h"
#include "base/log.h"
#include "broker/access/access_store.h"
#include "broker/access/authorizer.h"
#include "broker/common/call.h"
#include "broker/common/lanes.h"
#include "broker/common/traffic_counters.h"
#include "broker/groups/group_coordinator.h"
#include "broker/partitions/group_commit.h"
#include "broker/quotas/client_quotas.h"
#include "broker/settings/broker_settings.h"
#include "broker/topics/broker_configs.h"
#include "broker/topics/topics.h"
#include "broker/transactions/producer_ids.h"
#include "broker/transactions/transaction_coordinator.h"

#include <filesystem>

namespace millrace::broker {

class ScramUsers;

/// What handlers work with: one per broker, loop thread only. Handlers know no socket and no thread; a test builds one
/// over a ManualExecutor.
struct Context {
    const BrokerSettings& settings;
    Executor& loop;
    Lanes lanes;
    Clock& clock;
    FileSystem& disk;
    std::filesystem::path dataDir;
    Log& log;
    const ClusterMetadata& metadata; ///< what the cluster knows of topics
    const Replicas& replicas;        ///< what this broker has of them
    Topics& topics;                  ///< changes both
    GroupCoordinator& groups;
    BrokerConfigs& brokerConfigs;
    AccessStore& access;                  ///< changes what the authorizer goes by
    const Authorizer& authorizer;         ///< asked by way of requests/authorize.h
    ClientQuotas& quotas;
    ProducerIds* producerIds;             ///< never null once the broker serves
    TransactionCoordinator* transactions; ///< likewise
    GroupCommit& commits;
    TrafficCounters& counters;
    ScramUsers* scramUsers = nullptr; ///< likewise never null
};

} // namespace millrace::broker
