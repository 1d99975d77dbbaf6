#!/usr/bin/env bash
# Instructions a household, which do not depend on what else the machine does: for the eye of who compares two commits.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --locked --release -q -p palier-rights --bin diagnose
diagnose="${CARGO_TARGET_DIR:-target}/release/diagnose"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
households=tests/fixtures/households.jsonl
count=$(wc -l < crates/rights/$households)
for _ in $(seq 100); do cat crates/rights/$households; done > "$folder/many.jsonl"

# Instructions of a run over no household are the start; the difference is what the households cost.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$diagnose" "${@:2}" < "$1" 2> "$folder/said" > /dev/null
    grep -oP 'Collected : \K[0-9]+' "$folder/said"
}
start=$(instructions /dev/null)
full=$(instructions "$folder/many.jsonl")
partial=$(instructions "$folder/many.jsonl" --partial)
households=$((count * 100))
printf '{"start": %d, "complete_per_household": %d, "partial_per_household": %d}\n' \
    "$start" $(((full - start) / households)) $(((partial - start) / households))
