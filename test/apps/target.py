#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Adds the extension to a project as Xcode does: one target of a project that lists
files (project.pbxproj).

  target.py PROJECT NAME SOURCE…    sources relative to the project's folder
"""

import pathlib
import sys


def write_project(bundle, name, sources):
    bundle = pathlib.Path(bundle)
    bundle.mkdir(exist_ok=True)
    files = "".join(f'B{i} = {{isa = PBXBuildFile; fileRef = F{i}; }};\n'
                    f'F{i} = {{isa = PBXFileReference; path = "{s}"; sourceTree = SOURCE_ROOT; }};\n'
                    for i, s in enumerate(sources))
    (bundle / "project.pbxproj").write_text(f"""// !$*UTF8*$!
{{
	archiveVersion = 1;
	objectVersion = 56;
	objects = {{
{files}P = {{isa = PBXProject; mainGroup = G; targets = (T, ); }};
G = {{isa = PBXGroup; children = (); sourceTree = "<group>"; }};
T = {{isa = PBXNativeTarget; name = "{name}"; productType = "com.apple.product-type.app-extension"; buildPhases = (S, ); }};
S = {{isa = PBXSourcesBuildPhase; files = ({"".join(f"B{i}, " for i in range(len(sources)))}); }};
	}};
	rootObject = P;
}}
""")


if __name__ == "__main__":
    write_project(sys.argv[1], sys.argv[2], sys.argv[3:])
