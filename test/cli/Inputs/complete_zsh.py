"""What zsh completes, typed into an interactive shell: complete_zsh.py FOLDER"""

import os
import pathlib
import pty
import re
import select
import sys
import tempfile
import time

folder = sys.argv[1]
home = tempfile.mkdtemp()
child, terminal = pty.fork()
if child == 0:
    os.environ.update(HOME=home, TERM="dumb", PS1="", COLUMNS="200")
    os.execvp("zsh", ["zsh", "-f", "-i"])


def read_until(mark, seconds=20):
    text, end = "", time.monotonic() + seconds
    while mark not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            text += os.read(terminal, 65536).decode(errors="replace")
    assert mark in text, f"zsh does not answer: {text!r}"
    return text


def say(text):
    os.write(terminal, text.encode())


say(f"fpath=('{folder}' $fpath); PROMPT=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D\n")
# The completion system's own functions offer words through compadd; the widget
# prints what it accepted, one list a line.
say("""compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
local -a __hits; builtin compadd -A __hits "$@"; (( $#__hits )) && offered+=($__hits); builtin compadd "$@"; }
show() { typeset -ga offered; offered=(); BUFFER=$line; CURSOR=$#BUFFER; zle complete-word 2>/dev/null
print; print -r -- "<$line> ${(u)offered[*]}<end>"; BUFFER=; }
zle -C complete-word complete-word _main_complete; zle -N show; bindkey '^T' show; print rea''dy\n""")
read_until("ready")
for line in (pathlib.Path(__file__).parent / "lines.txt").read_text().splitlines():
    say(f"line='{line}'; print d''one\n")
    read_until("done")
    say("\x14")
    text = read_until("<end>")
    words = re.search(r"<%s> ([^<]*)<end>" % re.escape(line), text)[1].split()
    print(f"[{line}]", *sorted(set(w.rstrip("=") for w in words)))
say("exit\n")
