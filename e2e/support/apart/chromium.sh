#!/bin/sh
# Starts Chromium, in a network of its own where `outside.ts` found that the machine allows it: there no interface comes or
# goes, as each container of the machine brings one, and Chromium drops no request for it.
set -eu
: "${CHROMIUM_PATH:=$(command -v chromium-headless-shell || command -v chromium || echo chromium)}"
[ -n "${ATELIER_TEST_SOCKET:-}" ] || exec "$CHROMIUM_PATH" "$@"

ready=$(mktemp -u)
export CHROMIUM_PATH ready inside="$(dirname "$0")/inside.ts"
exec unshare --net -- sh -euc '
  # No addresses of IPv6, which change a second after they are made.
  echo 1 2>/dev/null >/proc/sys/net/ipv6/conf/default/disable_ipv6 || true
  ip link set lo up
  # With nothing but loopback Chromium would tell the pages that they are offline.
  ip link add name outside type veth peer name nowhere
  ip address add 192.0.2.1/24 dev outside
  ip link set nowhere up
  ip link set outside up
  "$ATELIER_TEST_NODE" "$inside" "$ATELIER_TEST_PORT" "$ATELIER_TEST_SOCKET" "$ready" </dev/null >/dev/null 2>&1 3>&- 4>&- &
  until [ -e "$ready" ]; do sleep 0.05; done
  rm "$ready"
  exec "$CHROMIUM_PATH" "$@"
' sh "$@"
