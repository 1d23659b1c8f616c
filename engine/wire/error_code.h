#pragma once

#include <cstdint>

namespace millrace::wire::error {

/// Kafka's numbers for what went wrong, as far as this broker answers them. Plain int16 because the field lists carry
/// them so; the names are Kafka's.
inline constexpr std::int16_t kUnknownServerError = -1, kNone = 0, kOffsetOutOfRange = 1, kCorruptMessage = 2,
                              kUnknownTopicOrPartition = 3, kLeaderNotAvailable = 5, kNotLeaderOrFollower = 6,
                              kRequestTimedOut = 7, kMessageTooLarge = 10, kOffsetMetadataTooLarge = 12,
                              kCoordinatorLoadInProgress = 14, kCoordinatorNotAvailable = 15, kInvalidTopic = 17,
                              kRecordListTooLarge = 18, kNotEnoughReplicas = 19, kInvalidRequiredAcks = 21,
                              kIllegalGeneration = 22, kInconsistentGroupProtocol = 23, kInvalidGroupId = 24,
                              kUnknownMemberId = 25, kInvalidSessionTimeout = 26, kRebalanceInProgress = 27,
                              kTopicAuthorizationFailed = 29, kGroupAuthorizationFailed = 30,
                              kClusterAuthorizationFailed = 31, kInvalidTimestamp = 32, kUnsupportedSaslMechanism = 33,
                              kIllegalSaslState = 34, kUnsupportedVersion = 35, kTopicAlreadyExists = 36,
                              kInvalidPartitions = 37, kInvalidReplicationFactor = 38, kInvalidReplicaAssignment = 39,
                              kInvalidConfig = 40, kInvalidRequest = 42, kUnsupportedForMessageFormat = 43,
                              kPolicyViolation = 44, kOutOfOrderSequence = 45, kInvalidProducerEpoch = 47,
                              kInvalidTxnState = 48, kInvalidProducerIdMapping = 49, kInvalidTransactionTimeout = 50,
                              kConcurrentTransactions = 51, kTransactionalIdAuthorizationFailed = 53,
                              kSecurityDisabled = 54, kOperationNotAttempted = 55, kStorageError = 56,
                              kSaslAuthenticationFailed = 58, kNonEmptyGroup = 68, kGroupIdNotFound = 69,
                              kFetchSessionIdNotFound = 70, kTopicDeletionDisabled = 73, kFencedLeaderEpoch = 74,
                              kUnknownLeaderEpoch = 75, kUnsupportedCompressionType = 76, kMemberIdRequired = 79,
                              kPreferredLeaderNotAvailable = 80, kGroupMaxSizeReached = 81, kFencedInstanceId = 82,
                              kEligibleLeadersNotAvailable = 83, kElectionNotNeeded = 84,
                              kNoReassignmentInProgress = 85, kGroupSubscribedToTopic = 86, kInvalidRecord = 87,
                              kUnstableOffsetCommit = 88, kProducerFenced = 90, kResourceNotFound = 91,
                              kDuplicateResource = 92, kUnacceptableCredential = 93, kUnknownTopicId = 100,
                              kTransactionalIdNotFound = 105, kFencedMemberEpoch = 110, kUnreleasedInstanceId = 111,
                              kUnsupportedAssignor = 112, kStaleMemberEpoch = 113, kTransactionAbortable = 120,
                              kInvalidRegularExpression = 128;

} // namespace millrace::wire::error
