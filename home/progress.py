"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

import sys

from tqdm import tqdm


class Progress:
    """`with Progress(total, unit, out) as done: done(number)`."""

    def __init__(self, total, unit, out):
        self.total, self.unit, self.out = total, unit, out
        self.count, self.said = 0, 0

    def __enter__(self):
        self.bar = tqdm(total=self.total, unit=f" {self.unit}") if sys.stderr.isatty() else None
        return self

    def __exit__(self, *exception):
        if self.bar is not None:
            self.bar.close()

    def __call__(self, number=1):
        self.count += number
        if self.bar is not None:
            self.bar.update(number)
        elif self.total and self.count * 10 // self.total > self.said:
            self.said = self.count * 10 // self.total
            self.out.write(f"  {self.count} / {self.total} {self.unit}")
            self.out.flush()
