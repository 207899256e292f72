"""Say in one sentence what is missing to set up the series. Runs on any Python."""

import sys

NEEDED = (3, 11)


def main():
    """Return the exit code: 0 if all is there."""
    if sys.version_info < NEEDED:
        have = "%d.%d" % sys.version_info[:2]  # noqa: UP031  an old Python reads this
        print("Python 3.11 or newer is needed, this is Python " + have + ": install it "
              "from python.org, or name another with PYTHON=..., for example "
              "make lab PYTHON=python3.12.")
        return 1
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        print("This Python has no venv module: on Debian or Ubuntu install it with "
              "sudo apt install python3-venv, then run the command again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
