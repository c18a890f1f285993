"""same.py A B: two folders hold the same files, byte for byte; the journal aside."""
import os
import sys


def files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f != ".ringfence"]
        for name in names:
            path = os.path.join(folder, name)
            yield os.path.relpath(path, root), open(path, "rb").read()


a, b = (dict(files(root)) for root in sys.argv[1:3])
different = [p for p in sorted(a.keys() | b.keys()) if a.get(p) != b.get(p)]
if different:
    sys.exit("different: " + ", ".join(different))
