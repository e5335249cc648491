"""How the tables of bench are printed, and their JSON."""
import json
import sys

import running


class Report:
    """One table's rows, printed as they come, and the failures among them."""

    def __init__(self, table, options):
        self.result = dict(table=table, machine=running.machine(), servers=[kind.name for kind in options.kinds],
                           options={name: value for name, value in vars(options).items() if name not in ("measure", "kinds")},
                           rows=[], failures=[])
        self.widths = None

    def say(self, text):
        print(text, flush=True)

    def head(self, *columns):
        """Columns are (title, width); a negative width aligns to the left."""
        self.widths = [width for _, width in columns]
        self.say(self._line([title for title, _ in columns]))

    def line(self, *cells):
        self.say(self._line(cells))

    def _line(self, cells):
        return "  ".join(f"{cell:<{-width}}" if width < 0 else f"{cell:>{width}}" for cell, width in zip(cells, self.widths)).rstrip()

    def add(self, **row):
        self.result["rows"].append(row)

    def fail(self, what, problem):
        self.result["failures"].append(dict(what=what, problem=str(problem)))
        self.say(f"FAILED {what}: {problem}")

    def end(self, json_file):
        """Writes the JSON and gives the exit code."""
        text = json.dumps(self.result)
        if json_file:
            with open(json_file, "w") as file:
                file.write(text + "\n")
        else:
            print(text, flush=True)
        if self.result["failures"]:
            print(f"bench: {len(self.result['failures'])} rows failed; their figures do not count.", file=sys.stderr)
        return 1 if self.result["failures"] else 0


def interval(estimate):
    return f"{estimate['low']:.2f}..{estimate['high']:.2f}"


def wanted(target, aim, least=False):
    if target is None:
        return ""
    return f"{'>' if least else '<'}={target:g}" + (f" ({aim:g})" if aim is not None else "")
