"""The root command: order of the commands as written, errors as one line, exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from citegraph.errors import CitegraphError

__all__ = ["RootGroup"]


class RootGroup(click.Group):
    """A group that lists its commands in the order of work and turns errors into one line on standard error.

    Exit status: 0 done, 1 a `CitegraphError`, 2 wrong usage, 130 interrupted.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the commands in the order in which they were added."""
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> Any:  # noqa: ANN401 - click's signature
        """Run the command line; in standalone mode end the process, without ever showing a traceback."""
        if standalone_mode:
            sys.exit(self._status(args, prog_name, complete_var, extra))
        return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)

    def _status(self, args: Sequence[str] | None, name: str | None, complete: str | None, extra: dict[str, Any]) -> int:
        try:
            status = super().main(args, name, complete, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            return _fail("interrupted; what was committed stays whole, run the same command again to go on", 130)
        except CitegraphError as error:
            return _fail(str(error))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except MemoryError:
            return _fail("out of memory; give fewer papers at a time or a smaller --batch-size")
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            return _fail(f"cannot read or write{where}: {error.strerror or error}")
        return status if isinstance(status, int) else 0


def _fail(message: str, status: int = 1) -> int:
    click.echo(f"citegraph: {message}", err=True)
    return status
