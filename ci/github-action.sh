#!/bin/bash
# What action.yml runs. Annotates the run, writes SARIF and the page of findings,
# and ends as `ringfence check` does.
#
# Environment: RINGFENCE_PATHS (one a line), RINGFENCE_SINCE, RINGFENCE_BASELINE,
# RINGFENCE_FAIL_ON, RINGFENCE_REPORTS (a folder) from the inputs;
# GITHUB_OUTPUT, GITHUB_STEP_SUMMARY and GITHUB_WORKSPACE from GitHub.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if ! program=$(command -v ringfence); then
  "$here/dev" build >&2
  program=$here/build/bin/ringfence
fi

arguments=()
[ -z "${RINGFENCE_SINCE:-}" ] || arguments+=(--since "$RINGFENCE_SINCE")
[ -z "${RINGFENCE_BASELINE:-}" ] || arguments+=(--baseline "$RINGFENCE_BASELINE")
arguments+=(--fail-on "${RINGFENCE_FAIL_ON:-warning}")
while IFS= read -r path; do
  [ -z "$path" ] || arguments+=("$path")
done <<<"${RINGFENCE_PATHS:-}"

reports=${RINGFENCE_REPORTS:-$PWD}
mkdir -p "$reports"

# 1 says that there are findings; more is a failure, and is passed on at once.
status=0
"$program" check --format github "${arguments[@]}" || status=$?
[ $status -le 1 ] || exit $status
for format in sarif html; do
  "$program" check --format $format --quiet --output "$reports/ringfence.$format" \
    "${arguments[@]}" || [ $? -le 1 ]
done
{
  echo "sarif=$reports/ringfence.sarif"
  echo "page=$reports/ringfence.html"
} >>"${GITHUB_OUTPUT:-/dev/null}"
{
  echo '### ringfence'
  echo '```text'
  # Source text may hold a fence of its own.
  "$program" check --color never "${arguments[@]}" 2>&1 | sed 's/```/` ` `/g' | head -c 900000 || true
  echo '```'
} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
exit $status
