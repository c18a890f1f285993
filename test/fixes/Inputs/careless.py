#!/usr/bin/env python3
"""Runs the program that RINGFENCE names, and then spoils what it has made in the
way that CARELESS names: a program that does not hold to what properties.py asks for.
"""

import os
import subprocess
import sys
from pathlib import Path

kind, program, arguments = os.environ["CARELESS"], os.environ["RINGFENCE"], sys.argv[1:]
status = subprocess.run([program, *arguments]).returncode
files = [p for p in Path().rglob("*.swift")]
if kind == "leaves" and arguments[0] == "undo":
    Path("left.swift").write_text("")
if kind == "ends" and "--apply" in arguments:
    for file in files:
        file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n"))
if kind == "mode" and "--apply" in arguments:
    for file in files:
        file.chmod(0o600)
if kind == "again" and "--apply" in arguments:
    for file in files:
        file.write_bytes(file.read_bytes() + b"\n")
sys.exit(status)
