"""Holds action.yml against the script that it runs: inputs, outputs, the path."""

import os
import re
import sys

root = sys.argv[1]
action = open(os.path.join(root, "action.yml"), encoding="utf-8").read()
script_path = re.search(r'\$GITHUB_ACTION_PATH/([\w/.-]+)', action)[1]
assert os.access(os.path.join(root, script_path), os.X_OK), script_path
script = open(os.path.join(root, script_path), encoding="utf-8").read()

section = action.split("\ninputs:\n")[1].split("\noutputs:\n")
inputs = re.findall(r"^  ([\w-]+):$", section[0], re.M)
outputs = re.findall(r"^  ([\w-]+):$", section[1].split("\nruns:")[0], re.M)
passed = dict(re.findall(r"^        (\w+): \$\{\{ inputs\.([\w-]+) \}\}$", action, re.M))
assert sorted(passed.values()) == sorted(inputs), (passed, inputs)
for variable in passed:
    assert "${" + variable in script, variable
for output in outputs:
    assert f'"{output}=' in script, output
print(f"{len(inputs)} inputs, {len(outputs)} outputs")
