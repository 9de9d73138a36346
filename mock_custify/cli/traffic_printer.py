"""Prints the traffic log of a server: one line for each message and each refused call."""

from __future__ import annotations

import logging
import os
import time
from queue import Empty, Full, Queue
from threading import Thread
from typing import Final

from mock_custify.cli.terminal import printable
from mock_custify.values import counted

TRAFFIC: Final = logging.getLogger("mock_custify.traffic")
MOST_WAITING: Final = 10_000  # lines
LAST_LINES: Final = 1.0  # seconds that the end of the server waits for its last lines


class TrafficPrinter(logging.Handler):
    """Writes log records to a file descriptor from a thread of its own.

    Nobody has to read the output: while a pipe is full, lines wait, and what does not fit is counted.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor
        self.waiting: Queue[logging.LogRecord | None] = Queue(MOST_WAITING)
        self.lost = 0
        self.thread = Thread(target=self.print_all, name="mock-custify-traffic", daemon=True)
        self.thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a record to the thread."""
        try:
            self.waiting.put_nowait(record)
        except Full:
            self.lost += 1

    def print_all(self) -> None:
        """Print records as they come, until the stream is closed."""
        try:
            while (record := self.waiting.get()) is not None:
                self.write(line_of(record))
                if self.lost:
                    lost, self.lost = self.lost, 0
                    lines = counted(lost, "line was", "lines were")
                    self.write(f"... {lines} not printed, because the output was not read\n")
        except OSError:  # whoever read the output is gone
            self.lost = 0

    def write(self, line: str) -> None:
        """Write a line, past the buffer of sys.stdout, whose lock the end of the process needs."""
        data = line.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(self.descriptor, data) :]

    def finish(self) -> None:
        """Print what waits, if somebody reads it. It is not `close`, which uvicorn calls when it starts."""
        TRAFFIC.removeHandler(self)
        try:
            self.waiting.put_nowait(None)
        except Full:
            drain(self.waiting)
        self.thread.join(LAST_LINES)


def drain(waiting: Queue[logging.LogRecord | None]) -> None:
    """Take everything out of a queue."""
    try:
        while True:
            waiting.get_nowait()
    except Empty:
        waiting.put_nowait(None)


def line_of(record: logging.LogRecord) -> str:
    """Return a record as one line with its time, without characters that could steer a terminal."""
    clock = time.strftime("%H:%M:%S", time.localtime(record.created))
    return f"{clock}.{int(record.msecs):03} {printable(' '.join(record.getMessage().split()))}\n"


def print_traffic(descriptor: int) -> TrafficPrinter:
    """Print the traffic log from now on, until the printer is finished."""
    printer = TrafficPrinter(descriptor)
    TRAFFIC.setLevel(logging.INFO)
    TRAFFIC.propagate = False
    TRAFFIC.addHandler(printer)
    return printer
