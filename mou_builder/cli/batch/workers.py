"""Hand rows to processes and take their results back in the roster's order, only so many at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from mou_builder.cli.batch.work import Bench, Job, Result, Setup, begin, do
from mou_builder.cli.files import UsageError
from mou_builder.errors import Fault

_AHEAD = 3
"""Tasks that wait for each process: enough to keep it busy, few enough to keep memory flat."""


def results(jobs: Iterable[Job], setup: Setup, bench: Bench, workers: int, size: int) -> Iterator[Result]:
    """Yield what comes of each row, in the order of `jobs`; `size` rows go to a process at a time.

    With one worker everything happens here, on `bench`.
    """
    if workers == 1:
        for task in _tasks(jobs, size):
            yield from bench.do(task)
        return
    yield from _from_processes(jobs, setup, workers, size)


def _from_processes(jobs: Iterable[Job], setup: Setup, workers: int, size: int) -> Iterator[Result]:
    # Spawned on every system alike: a forked copy would share locks and open files with this process.
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=begin, initargs=(setup, stop))
    waiting: deque[Future[list[Result]]] = deque()
    tasks = _tasks(jobs, size)
    try:
        for task in tasks:
            waiting.append(pool.submit(do, task))
            if len(waiting) >= _AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        what = "a process ended before its row was built; often the memory is too small for so many."
        mend = "What was built is kept. Run the same command again, with fewer --workers."
        raise UsageError(Fault("--workers", what, mend)) from None
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _tasks(jobs: Iterable[Job], size: int) -> Iterator[Sequence[Job]]:
    rest = iter(jobs)
    while task := tuple(islice(rest, size)):
        yield task
