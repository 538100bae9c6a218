"""What ./run and ./test do once a Python is found. Standard library only: it runs before anything is installed."""

import sys

from mobility.ground import environment, product, suite
from mobility.ground.terminal import GroundError


def main(kind: str, *arguments: str) -> int:
    environment.make(for_tests=kind == "test")
    if kind == "test":
        return suite.run(arguments)
    return product.manage(arguments) if arguments else product.serve()


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except GroundError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
