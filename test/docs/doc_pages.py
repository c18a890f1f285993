"""A lit test format: README.md, docs/plan.md and every page under docs/checks and
docs/fixes is a test."""

import os

import lit.formats
import lit.Test
import lit.util


class DocumentationPages(lit.formats.FileBasedTest):
    def getTestsInDirectory(self, suite, path_in_suite, lit_config, local_config):
        if path_in_suite != ("docs",):
            return
        # Tests are named as the pages are; their folder is beside test/.
        yield lit.Test.Test(suite, ("..", "README.md"), local_config)
        yield lit.Test.Test(suite, ("..", "docs", "plan.md"), local_config)
        for folder in ("checks", "fixes"):
            pages = os.path.join(local_config.ringfence_source, "docs", folder)
            for page in sorted(os.listdir(pages) if os.path.isdir(pages) else []):
                if page.endswith(".md"):
                    yield lit.Test.Test(
                        suite, ("..", "docs", folder, page), local_config)

    def execute(self, test, lit_config):
        config = test.config
        program = os.path.join(config.ringfence_build, "bin", "ringfence")
        out, err, status = lit.util.executeCommand([
            config.python,
            os.path.join(config.ringfence_source, "test", "docs", "doc_blocks.py"),
            "--ringfence",
            program,
            test.getSourcePath(),
        ])
        return (lit.Test.FAIL if status else lit.Test.PASS), out + err
