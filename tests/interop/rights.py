"""kafka-python against a broker with an authorizer: a rule is made, found, and taken away."""
import sys

from kafka.admin import (ACL, ACLFilter, ACLOperation, ACLPermissionType, KafkaAdminClient, ResourcePattern,
                         ResourcePatternFilter, ResourceType)
from kafka.admin.acl_resource import ACLResourcePatternType

admin = KafkaAdminClient(bootstrap_servers=sys.argv[1])
pattern = ResourcePattern(ResourceType.TOPIC, "snakes", ACLResourcePatternType.PREFIXED)
rule = ACL("User:python", "*", ACLOperation.READ, ACLPermissionType.ALLOW, pattern)
made = admin.create_acls([rule])
assert made["succeeded"] == [rule] and not made["failed"], made

wanted = ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY,
                   ResourcePatternFilter(ResourceType.TOPIC, "snakes-7", ACLResourcePatternType.MATCH))
found, error = admin.describe_acls(wanted)
assert found == [rule], (found, error)
removed = admin.delete_acls([wanted])
assert [entry[0] for entry in removed[0][1]] == [rule], removed
assert admin.describe_acls(wanted)[0] == []
