# How lit finds and runs the tests of the program. `./dev test` starts it on the
# build folder; `./dev test test/checks` and the like work too.

import os
import shlex

import lit.formats
import lit.util

here = os.path.dirname(os.path.abspath(__file__))

if not hasattr(config, "ringfence_build"):
    # Started on the sources: what the build knows comes first.
    site = lit_config.params.get(
        "site", os.path.join(os.path.dirname(here), "build", "test", "lit.site.cfg.py")
    )
    if not os.path.exists(site):
        lit_config.fatal("build first (./dev build): there is no " + site)
    lit_config.load_config(config, site)
    raise SystemExit

config.name = "ringfence"
config.test_source_root = here
config.test_exec_root = os.path.join(config.ringfence_build, "test")
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".swift", ".m", ".mm"]
# Inputs are what tests look at. Unit tests are ctest's.
config.excludes = ["Inputs", "unit", "Courier", "Pigeon", "sdk", "bench", "fuzz", "accuracy", "clients"]

program = os.path.join(config.ringfence_build, "bin")
apps = os.path.join(here, "apps")


def tool(name, folder=config.llvm_tools):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        lit_config.fatal(f"{name} is not in {folder}; ./dev test installs it")
    return shlex.quote(path)


# Longer names first: lit substitutes in this order.
config.substitutions += [
    ("%ringfence", tool("ringfence", program)),
    ("%FileCheck", tool("FileCheck")),
    ("%not", tool("not")),
    ("%count", tool("count")),
    ("%clang", tool("clang")),
    ("%python", shlex.quote(config.python)),
    ("%cmake", shlex.quote(config.cmake)),
    ("%build", shlex.quote(config.ringfence_build)),
    ("%apps", shlex.quote(apps)),
    ("%root", shlex.quote(config.ringfence_source)),
]

# Programs from npm that tests drive ("%clients/PACKAGE/…", in double quotes), and
# the browser. Where they are missing, the tests that need them are skipped by name.
clients = os.path.join(config.ringfence_build, "clients", "node_modules")
if os.path.isdir(clients):
    config.available_features.add("clients")
    config.substitutions.append(("%clients", clients))
    config.environment["NODE_PATH"] = clients
    chromium = lit.util.which("chromium", os.environ["PATH"])
    if chromium:
        config.available_features.add("chromium")
        config.substitutions.append(("%chromium", chromium))

# Programs that tests call by name: git, cp, diff …
config.environment["PATH"] = program + os.pathsep + os.environ["PATH"]
for name in ("pre-commit", "jq"):
    if lit.util.which(name, os.environ["PATH"]):
        config.available_features.add(name)
if all(lit.util.which(n, os.environ["PATH"]) for n in ("bash", "zsh", "fish", "mandoc", "col")):
    config.available_features.add("shells")
config.environment["HOME"] = config.test_exec_root
config.environment["NO_COLOR"] = "1"
# The sources stay as they are.
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
# Scratch repositories of tests do not depend on who runs them.
config.environment["GIT_CONFIG_GLOBAL"] = os.devnull
config.environment["GIT_CONFIG_SYSTEM"] = os.devnull

# Tests that need a real Swift compiler say REQUIRES: swiftc, those that run what
# it links REQUIRES: swift-run.
swiftc = os.path.join(program, "swiftc-for-tests")
if os.path.exists(swiftc):
    config.available_features.add("swiftc")
    config.substitutions.append(("%swiftc", shlex.quote(swiftc)))
    runner = os.path.join(program, "run-for-tests")
    config.substitutions.append(("%swift-run", shlex.quote(runner)))
    with open(runner) as script:
        if "how=loader" not in script.read():
            config.available_features.add("swift-run")
