#!/usr/bin/env bash
# One model's life through the command line alone: sign in, data, a training run, a model, an endpoint, and a second
# version under the same address and key while callers go on asking. Needs a studio that runs: ATELIER_URL,
# ATELIER_ADMIN_EMAIL and ATELIER_ADMIN_PASSWORD say where and who.
set -euo pipefail
: "${ATELIER_URL:?the address of a studio}" "${ATELIER_ADMIN_EMAIL:?}" "${ATELIER_ADMIN_PASSWORD:?}"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
files="$here/cli"
table=${ATELIER_TEST_TABLE:-$root/../shared/data/bank-marketing.csv}
work=$(mktemp -d "${TMPDIR:-/tmp}/atelier-cli-story.XXXXXX")
workspace="cli-$(date +%s)-$$"
endpoint=bank-calls
callers=()

# Nothing of the person who runs this test may reach it, nor stay with them.
unset ATELIER_TOKEN ATELIER_WORKSPACE ATELIER_DEFAULTS_WORKSPACE ATELIER_CORE_OUTPUT
export ATELIER_CONFIG_DIR="$work/config"

atelier() { "$root/bin/atelier.mjs" "$@"; }
step() { printf '== %3s s  %s\n' "$SECONDS" "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
expect() { [ "$2" = "$3" ] || fail "$1: expected “$3”, found “$2”"; }
matches() { [[ "$2" =~ $3 ]] || fail "$1: “$2” does not match $3"; }
# exits CODE COMMAND…: the command must end with that exit code.
exits() {
  local wanted=$1 code=0
  shift
  "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = "$wanted" ] || fail "exit code $code instead of $wanted: $* $(cat "$work/err")"
}
clean_up() {
  touch "$work/stop"
  for pid in "${callers[@]}"; do wait "$pid" 2>/dev/null || true; done
  atelier online-endpoint delete -n "$endpoint" --yes --no-wait >/dev/null 2>&1 || true
  atelier workspace delete -n "$workspace" --yes >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean_up EXIT

# Without the bank marketing data a made-up table with the same columns does.
if [ ! -f "$table" ]; then
  table="$work/bank-marketing.csv"
  "$root/node_modules/.bin/node" "$root/e2e/support/write-stand-in.ts" "$table"
fi

step "sign in"
exits 1 atelier login --url "$ATELIER_URL" --email "$ATELIER_ADMIN_EMAIL" --password-stdin <<<"not the password"
atelier login --url "$ATELIER_URL" --email "$ATELIER_ADMIN_EMAIL" --password-stdin -o none <<<"$ATELIER_ADMIN_PASSWORD"
expect "mode of the settings" "$(stat -c %a "$work/config/config")" 600
expect "who is signed in" "$(atelier account show --query user -o tsv)" "$ATELIER_ADMIN_EMAIL"

step "make a workspace"
atelier workspace create -n "$workspace" --display-name "Command line story" -o none
atelier configure --defaults workspace="$workspace"
expect "workspace" "$(atelier workspace show --query "[display_name, role]" -o tsv | paste -sd' ')" "Command line story owner"
# The runner asks the engine again and again; a busy one may miss an answer.
for _ in $(seq 30); do
  engine=$(atelier compute list --query "[?name=='docker'].provisioning_state" -o tsv)
  [ "$engine" != Succeeded ] || break
  sleep 1
done
expect "compute targets" "$engine" Succeeded

step "bring in data"
reference=$(atelier data create -n bank-marketing --path "$table" --type uri_file --query path -o tsv)
expect "dataset" "$reference" azureml:bank-marketing:1
expect "newest version" "$(atelier data show -n bank-marketing --label latest --query version -o tsv)" 1
exits 3 atelier data show -n no-such-data --label latest

step "train, following the log"
exits 1 atelier job validate -f "$files/job.yml" --set type=comand
expect "checked" "$(atelier job validate -f "$files/job.yml" --query result -o tsv)" Succeeded
atelier job create -f "$files/job.yml" --stream -o none | tee "$work/stream.txt"
grep -q '^Streaming user_logs/std_log.txt$' "$work/stream.txt" || fail "the stream names no log"
grep -q '^AUC 0\.' "$work/stream.txt" || fail "the log was not streamed"
first=$(sed -n 's/^RunId: //p' "$work/stream.txt" | head -n 1)
expect "status" "$(atelier job show -n "$first" --query status -o tsv)" Completed
auc=$(atelier job show -n "$first" --query metrics.AUC -o tsv)
matches "AUC on rows held out" "$auc" '^0\.[789]'
step "AUC $auc"

step "download what it wrote"
atelier job download -n "$first" --download-path "$work/run" --all
grep -q '^AUC 0\.' "$work/run/artifacts/user_logs/std_log.txt" || fail "no log among the files"
grep -q '"AUC"' "$work/run/artifacts/outputs/report.json" || fail "no report among the files"

step "register the model"
model=$(atelier model create -n bank-calls --path "runs:/$first/model" --query "join(':', [name, version])" -o tsv)
expect "model" "$model" bank-calls:1
expect "type and origin" "$(atelier model show -n bank-calls -v 1 --query "[type, job_name]" -o tsv | paste -sd' ')" "mlflow_model $first"
atelier model download -n bank-calls -v 1 --download-path "$work/model"
[ -s "$work/model/bank-calls/MLmodel" ] || fail "the downloaded model has no MLmodel file"

step "make an endpoint"
atelier online-endpoint create -f "$files/endpoint.yml" -n "$endpoint" -o none
uri=$(atelier online-endpoint show -n "$endpoint" --query scoring_uri -o tsv)
key=$(atelier online-endpoint get-credentials -n "$endpoint" --query primaryKey -o tsv)
matches "scoring address" "$uri" '^https?://.*/score$'

step "deploy version 1 as blue"
state=$(atelier online-deployment create -f "$files/deployment.yml" --name blue --endpoint "$endpoint" --all-traffic --query provisioning_state -o tsv)
expect "blue" "$state" Succeeded
expect "traffic" "$(atelier online-endpoint show -n "$endpoint" --query traffic.blue -o tsv)" 100
matches "prediction" "$(atelier online-endpoint invoke -n "$endpoint" --request-file "$files/request.json" -o tsv)" '^\[[01], ?1\]$'

# ask [curl flags]: one call as any program makes it; prints the status, leaves headers in $work/headers.
ask() {
  curl -sS -m 30 -o "$work/answer" -D "$work/headers" -w '%{http_code}' -H "Authorization: Bearer $key" \
    -H 'Content-Type: application/json' -d "@$files/request.json" "$@" "$uri"
}
answered_by() { sed -n 's/^atelier-deployment: *//Ip' "$work/headers" | tr -d '\r'; }
expect "a call with the key" "$(ask)" 200
expect "who answered" "$(answered_by)" blue
matches "a call with a wrong key" "$(curl -sS -m 30 -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer wrong' -d '{}' "$uri")" '^40[13]$'

step "train again, register version 2"
second=$(atelier job create -f "$files/job.yml" --set inputs.max_iter=120 inputs.learning_rate=0.05 --query name -o tsv)
atelier job stream -n "$second" >"$work/stream2.txt"
expect "parameters" "$(atelier job show -n "$second" --query "[parameters.max_iter, parameters.learning_rate]" -o tsv | paste -sd' ')" "120 0.05"
version=$(atelier model create -n bank-calls --path "azureml://jobs/$second/outputs/artifacts/paths/model" --type mlflow_model --query version -o tsv)
expect "version" "$version" 2

step "callers start asking and do not stop"
call_on() {
  while [ ! -e "$work/stop" ]; do
    curl -sS -m 30 -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer $key" -H 'Content-Type: application/json' \
      -d "@$files/request.json" "$uri" || true
  done >"$work/calls.$1" 2>&1
}
for caller in 1 2; do
  call_on "$caller" &
  callers+=($!)
done

step "deploy version 2 as green, beside blue"
atelier online-deployment create -f "$files/deployment.yml" -n green -e "$endpoint" --set model=azureml:bank-calls:2 -o none
expect "green past the traffic split" "$(ask -H 'azureml-model-deployment: green')" 200
expect "who answered" "$(answered_by)" green

step "half of the traffic each"
atelier online-endpoint update -n "$endpoint" --traffic "blue=50 green=50" -o none
sleep 3
for _ in $(seq 30); do
  expect "a call while both serve" "$(ask)" 200
  answered_by
done | sort | uniq -c >"$work/split"
expect "deployments that answered" "$(awk '{print $2}' "$work/split" | paste -sd' ')" "blue green"
step "of 30 calls: $(awk '{print $2, $1}' "$work/split" | paste -sd' ')"

step "all of it to green, then remove blue"
exits 1 atelier online-deployment delete -n blue -e "$endpoint" --yes
atelier online-endpoint update -n "$endpoint" --traffic "green=100" -o none
atelier online-deployment delete -n blue -e "$endpoint" --yes
expect "deployments" "$(atelier online-deployment list -e "$endpoint" --query "[].name" -o tsv)" green
exits 3 atelier online-deployment show -n blue -e "$endpoint"
sleep 2
touch "$work/stop"
for pid in "${callers[@]}"; do wait "$pid"; done
callers=()
calls=$(cat "$work"/calls.* | wc -l)
failed=$(cat "$work"/calls.* | grep -vc '^200$' || true)
expect "failed calls of $calls ($(cat "$work"/calls.* | sort | uniq -c | paste -sd' '))" "$failed" 0
[ "$calls" -ge 50 ] || fail "only $calls calls were made while the version changed"
step "$calls calls while the version changed, $failed failed"

step "the same address and key"
expect "address" "$(atelier online-endpoint show -n "$endpoint" --query scoring_uri -o tsv)" "$uri"
expect "key" "$(atelier online-endpoint get-credentials -n "$endpoint" --query primaryKey -o tsv)" "$key"
expect "a call" "$(ask)" 200
expect "who answered" "$(answered_by)" green
grep -q . <(atelier online-deployment get-logs -n green -e "$endpoint" --lines 20) || fail "green wrote no log"

step "a new key, and the end"
atelier online-endpoint regenerate-keys -n "$endpoint" --key-type primary
fresh=$(atelier online-endpoint get-credentials -n "$endpoint" --query primaryKey -o tsv)
[ "$fresh" != "$key" ] || fail "the key is the old one"
sleep 3
matches "a call with the old key" "$(ask)" '^40[13]$'
atelier online-endpoint delete -n "$endpoint" --yes
exits 3 atelier online-endpoint show -n "$endpoint"
step "done"
