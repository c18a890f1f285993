#!/bin/bash
# A "Run Script" build phase: findings become issues in Xcode, their fixes notes.
# Clear "Based on dependency analysis", and set ENABLE_USER_SCRIPT_SANDBOXING to NO:
# the script reads every source of the project.
#
# RINGFENCE_FAIL_ON (error, warning, note or never) says what fails the build;
# without it, nothing does. RINGFENCE_OPTIONS holds more options.
set -u

# Indexing and previews run build phases as well.
if [ "${ACTION:-build}" = indexbuild ] || [ "${ENABLE_PREVIEWS:-NO}" = YES ]; then
  exit 0
fi
# Xcode does not read a shell's start-up files.
PATH="$PATH:/opt/homebrew/bin:/usr/local/bin"
if ! command -v ringfence >/dev/null; then
  echo "warning: ringfence is not installed; VoIP push handlers were not checked"
  exit 0
fi
if [ "${ENABLE_USER_SCRIPT_SANDBOXING:-NO}" = YES ]; then
  echo "warning: set ENABLE_USER_SCRIPT_SANDBOXING to NO: ringfence has to read the project's sources"
  exit 0
fi

cd "${SRCROOT:?is set by Xcode}" || exit 2
fail_on=${RINGFENCE_FAIL_ON:-never}
threshold=error
[ "$fail_on" = never ] || threshold=$fail_on
status=0
# shellcheck disable=SC2086 # options are words
found=$(ringfence check --format xcode --quiet --fail-on "$threshold" ${RINGFENCE_OPTIONS:-}) || status=$?
if [ "$fail_on" = never ]; then
  # A line with "error:" would count as a failure.
  printf '%s\n' "$found" | sed -E 's/^([^:]*:[0-9]+:[0-9]+: )error: /\1warning: /'
else
  printf '%s\n' "$found"
fi
case $status in
0) ;;
1) [ "$fail_on" = never ] || exit 1 ;;
*) echo "error: ringfence ended with status $status" ; exit "$status" ;;
esac
