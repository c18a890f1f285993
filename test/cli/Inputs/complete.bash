# What bash completes: complete.bash FILE
source "$1"
complete -p ringfence >/dev/null || exit 1
while IFS= read -r line; do
  read -r -a COMP_WORDS <<<"$line"
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _ringfence
  echo "[$line] ${COMPREPLY[*]}"
done <"$(dirname "$0")/lines.txt"
