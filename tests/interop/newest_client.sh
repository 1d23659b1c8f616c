#!/usr/bin/env bash
# newest_client.sh MILLRACED : the newest confluent-kafka against our broker. Ends with 77 where it was not fetched.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/interop/clients.sh
[ -f "$peersDirectory/confluent-$confluentVersion/.complete" ] || exit 77
withBroker "$1" runConfluent
