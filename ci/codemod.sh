#!/bin/bash
# Migrates the app in the current folder, one commit a step, on a branch of its
# own: each commit is a change that can be reviewed, shipped and reverted alone.
#
# usage: codemod.sh [--branch NAME] [--level safe|review|placeholders] [STEP…]
#
# Without steps: report extension move. What is left to the team stands in the
# messages of the commits.
set -euo pipefail

branch=ringfence level=review
while [ $# -gt 0 ]; do
  case $1 in
  --branch) branch=$2; shift 2 ;;
  --level) level=$2; shift 2 ;;
  -*) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  *) break ;;
  esac
done
[ $# -gt 0 ] || set -- report extension move

if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  echo "codemod: commit your changes first" >&2
  exit 2
fi
git switch --quiet --create "$branch"

commits=0
for step in "$@"; do
  status=0
  patch=$(ringfence fix --quiet --color never --step "$step" --level "$level") || status=$?
  [ $status -le 1 ] || exit $status
  # The patch is headed by what each fix set says of itself.
  about=$(printf '%s\n' "$patch" | sed -n '/^# step /d;s/^# //p')
  if [ -z "$about" ]; then
    echo "codemod: nothing to do in step $step" >&2
    continue
  fi
  ringfence fix --quiet --apply --step "$step" --level "$level" || status=$?
  [ $status -le 1 ] || exit $status
  # The journal of the run is this checkout's, not the repository's.
  git add --all -- . ':(exclude,top,glob)**/.ringfence/**'
  git commit --quiet --file=- <<MESSAGE
$(printf '%s\n' "$about" | head -n 1)

$(printf '%s\n' "$about" | tail -n +2 | sed 's/^/- /')

Made by: ringfence fix --apply --step $step --level $level
MESSAGE
  commits=$((commits + 1))
  git log -1 --format='%h %s' >&2
done
echo "codemod: $commits commits on $branch; \"git push -u origin $branch\" opens them for review" >&2
