"""What the command lines of the training share."""

from __future__ import annotations

import argparse
import sys

from citegraph.errors import CitegraphError

__all__ = ["run_command"]


def run_command(arguments: argparse.Namespace) -> int:
    """Run the chosen command and return the exit status; what a user can mend is one line on standard error."""
    try:
        arguments.run(arguments)
    except CitegraphError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0
