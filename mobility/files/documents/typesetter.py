"""A process of its own for one PDF: reads a job as JSON, answers with the file. Knows nothing of the site."""

import json
import sys
from pathlib import Path

import typst


def main() -> int:
    job = json.load(sys.stdin.buffer)
    template = Path(job["template"])
    try:
        made = typst.compile(
            template,
            root=template.parent,
            ignore_system_fonts=True,
            sys_inputs={"data": job["data"]},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=job["timestamp"],
        )
    except typst.TypstError as error:
        sys.stderr.write("\n".join([error.message, *error.hints, *error.trace]))
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
