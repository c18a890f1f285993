# What fish completes: complete.fish FILE
source $argv[1]
while read -l line
    set -l words (complete -C "$line" | string replace -r '\t.*' '')
    echo "[$line] $words"
end <(dirname (status filename))/lines.txt
