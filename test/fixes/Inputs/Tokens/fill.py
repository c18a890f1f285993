"""Does what the team has to: replaces the placeholders of FILE…"""

import re
import sys

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    use = "_ = token" if path.endswith(".swift") else "(void)token;"
    filled, count = re.subn(r"<#[^#]*#>", use, text)
    if not count:
        sys.exit(f"{path}: no placeholder")
    with open(path, "w", encoding="utf-8") as file:
        file.write(filled)
