"""as_nobody.py FOLDER CODE COMMAND...: runs the command in FOLDER, without root's rights, and expects CODE."""
import os
import shutil
import subprocess
import sys
import tempfile

folder, code, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
if os.geteuid() == 0:
    # The build folder need not be open to others: a copy is.
    scratch = tempfile.mkdtemp(dir="/tmp")
    os.chmod(scratch, 0o755)
    tree = os.path.join(scratch, "tree")
    shutil.copytree(folder, tree)
    command[0] = shutil.copy(command[0], scratch)
    result = subprocess.run(command, cwd=tree, user=65534, group=65534, extra_groups=[])
    shutil.rmtree(scratch)
else:
    result = subprocess.run(command, cwd=folder)
if result.returncode != code:
    sys.exit(f"exit status {result.returncode}, not {code}")
