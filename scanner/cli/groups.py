"""Commands that hold commands, and help whoever mistypes one."""

from __future__ import annotations

import click

from scanner.core.nearest import nearest


class HelpfulGroup(click.Group):
    """A group that says which of its commands was probably meant."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises click's UsageError."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = nearest(args[0], self.list_commands(ctx), cutoff=0.5)
            if not near:
                raise
            msg = f"{error.message} Did you mean {near[0]}?"
            raise click.UsageError(msg, ctx) from error
