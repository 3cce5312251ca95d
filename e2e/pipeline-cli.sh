#!/usr/bin/env bash
# A pipeline of the designer through the command line: exported from its draft and run from the file it is the same work
# with the same results. And a pipeline as Azure ML's command line has it, with its component files beside it. Needs a
# studio that runs: ATELIER_URL, ATELIER_ADMIN_EMAIL and ATELIER_ADMIN_PASSWORD say where and who.
set -euo pipefail
: "${ATELIER_URL:?the address of a studio}" "${ATELIER_ADMIN_EMAIL:?}" "${ATELIER_ADMIN_PASSWORD:?}"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
table=$root/sample/pipelines/data/sample-bank-clients.csv
work=$(mktemp -d "${TMPDIR:-/tmp}/atelier-pipeline-cli.XXXXXX")
workspace="pipeline-cli-$(date +%s)-$$"

# Nothing of the person who runs this test may reach it, nor stay with them.
unset ATELIER_TOKEN ATELIER_WORKSPACE ATELIER_DEFAULTS_WORKSPACE ATELIER_CORE_OUTPUT
export ATELIER_CONFIG_DIR="$work/config"

atelier() { "$root/bin/atelier.mjs" "$@"; }
step() { printf '== %3s s  %s\n' "$SECONDS" "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
expect() { [ "$2" = "$3" ] || fail "$1: expected “$3”, found “$2”"; }
matches() { [[ "$2" =~ $3 ]] || fail "$1: “$2” does not match $3"; }
clean_up() {
  atelier workspace delete -n "$workspace" --yes >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean_up EXIT

# call METHOD PATH [BODY]: the API as the designer's page calls it.
call() {
  local method=$1 path=$2
  shift 2
  curl -sS --fail-with-body -m 60 -X "$method" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    ${1+--data-binary "$1"} "$ATELIER_URL/api/v1/workspaces/$workspace/$path"
}
# pick EXPRESSION: reads JSON from the standard input as “it”.
pick() {
  "$root/node_modules/.bin/node" -e '
    const it = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const found = new Function("it", `return ${process.argv[1]}`)(it);
    console.log(typeof found === "string" ? found : JSON.stringify(found));' "$1"
}
graph_hash() { call GET "runs/$1/graph" | pick it.graphHash; }
# The measures of the step that evaluates.
measures() {
  local run
  run=$(call GET "runs/$1/graph" | pick 'it.nodes.find((node) => node.name === "evaluate_model").runName')
  atelier job show -n "$run" --query metrics -o json | pick 'Object.entries(it).sort()'
}

step "sign in, make a workspace, bring in data"
atelier login --url "$ATELIER_URL" --email "$ATELIER_ADMIN_EMAIL" --password-stdin -o none <<<"$ATELIER_ADMIN_PASSWORD"
token=$(atelier account get-access-token --query accessToken -o tsv)
atelier workspace create -n "$workspace" --display-name "Pipelines by command" -o none
atelier configure --defaults workspace="$workspace"
atelier data create -n sample-bank-clients --path "$table" --type uri_file -o none

step "run a draft as the canvas does"
draft=$(call POST drafts '{"sample":"binary-classification"}')
id=$(pick it.id <<<"$draft")
pick 'JSON.stringify({ spec: it.text, set: ["settings.default_compute=\"azureml:docker\""] })' <<<"$draft" >"$work/submit.json"
drawn=$(call POST runs "@$work/submit.json" | pick it.name)
atelier job stream -n "$drawn" >"$work/drawn.txt"
expect "the run of the draft" "$(atelier job show -n "$drawn" --query status -o tsv)" Completed
drawn_hash=$(graph_hash "$drawn")
matches "its graph hash" "$drawn_hash" '^[0-9a-f]{64}$'
drawn_measures=$(measures "$drawn")
matches "its measures" "$drawn_measures" '"AUC",0\.[6-9]'

step "export it and run the file, reusing nothing"
call GET "drafts/$id" | pick it.text >"$work/exported.yml"
grep -q '^designer:' "$work/exported.yml" || fail "the places of the steps are not in the exported file"
expect "checked" "$(atelier job validate -f "$work/exported.yml" --query result -o tsv)" Succeeded
atelier job create -f "$work/exported.yml" --set settings.default_compute=azureml:docker settings.force_rerun=true \
  --stream -o none >"$work/exported.txt"
again=$(sed -n 's/^RunId: //p' "$work/exported.txt" | head -n 1)
expect "the run of the file" "$(atelier job show -n "$again" --query status -o tsv)" Completed
expect "reused steps" "$(call GET "runs/$again/graph" | pick 'it.nodes.filter((node) => node.reusedRunName).length')" 0
expect "graph hash" "$(graph_hash "$again")" "$drawn_hash"
expect "measures" "$(measures "$again")" "$drawn_measures"
step "graph ${drawn_hash:0:12}…, $(pick 'it.map(([name, value]) => `${name} ${value}`).join(", ")' <<<"$drawn_measures")"

step "once more: all of it is reused"
third=$(atelier job create -f "$work/exported.yml" --set settings.default_compute=azureml:docker --query name -o tsv)
atelier job stream -n "$third" >/dev/null
expect "reused steps" "$(call GET "runs/$third/graph" | pick 'it.nodes.filter((node) => node.reusedRunName).length')" 8
expect "measures" "$(measures "$third")" "$drawn_measures"

step "components and a pipeline as Azure ML has them"
expect "component" "$(atelier component create -f "$here/cli/pipeline/prepare.yml" --query "join(':', [name, version])" -o tsv)" group_clients:1
expect "the same file again" "$(atelier component create -f "$here/cli/pipeline/prepare.yml" --query version -o tsv)" 1
atelier component create -f "$here/cli/pipeline/measure.yml" -o none
expect "components" "$(atelier component list --query "[].name" -o tsv | grep -c '^\(group_clients\|measure_groups\)$')" 2
atelier compute show -n cpu-cluster -o none 2>/dev/null ||
  atelier compute create -n cpu-cluster --type amlcompute --min-instances 0 --max-instances 4 -o none
atelier job create -f "$here/cli/pipeline/pipeline.yml" --stream -o none | tee "$work/azure.txt"
azure=$(sed -n 's/^RunId: //p' "$work/azure.txt" | head -n 1)
expect "the pipeline" "$(atelier job show -n "$azure" --query status -o tsv)" Completed
expect "steps" "$(call GET "runs/$azure/graph" | pick 'it.nodes.map((node) => `${node.name} ${node.status}`).sort().join(", ")')" \
  "measure Completed, prepare Completed"

step "its report"
atelier job download -n "$azure" --output-name report --download-path "$work/report"
report=$(find "$work/report" -name shares.json -exec cat {} +)
wanted=$("$root/node_modules/.bin/node" -e '
  const [head, ...lines] = require("node:fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map((line) => line.split(","));
  const at = (name) => head.indexOf(name);
  const groups = Map.groupBy(lines.filter((line) => line[at("age")] !== ""), (line) => `${line[at("age")].slice(0, -1)}0`);
  const large = [...groups].filter(([, rows]) => rows.length >= 100).sort();
  console.log(JSON.stringify(Object.fromEntries(large.map(([decade, rows]) => {
    const yes = rows.filter((line) => line[at("deposit")] === "yes").length;
    return [decade, Math.round((yes / rows.length) * 10000) / 10000];
  }))));' "$table")
expect "shares" "$(pick 'JSON.stringify(it)' <<<"$report")" "$wanted"
step "done: $wanted"
