#!/bin/bash
# What the job in gitlab-ci.yml runs: the page of findings, and a Code Quality
# report (docs.gitlab.com, "Code Quality report format"). In a merge request, only
# what it changes is reported.
set -euo pipefail

since=()
[ -z "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ] ||
  since=(--since "$CI_MERGE_REQUEST_DIFF_BASE_SHA")

status=0
ringfence check ${since[@]+"${since[@]}"} --format html --output ringfence.html || status=$?
[ $status -le 1 ] || exit $status
ringfence check ${since[@]+"${since[@]}"} --quiet --format json --output ringfence.json || [ $? -le 1 ]
jq '[.findings[] | {
  description: .message,
  check_name: .check,
  fingerprint: .id,
  severity: {error: "critical", warning: "major", note: "info"}[.severity],
  location: {path: (.file // "."), lines: {begin: (.line // 1)}}
}]' ringfence.json >ringfence-codequality.json
rm ringfence.json
exit $status
