"""Finding the way through an interview: to the next question, to a section, to one question, to all that is undecided.

Each step raises AnswerError, and changes nothing, where it is not possible.
"""

from __future__ import annotations

from mou_builder.errors import AnswerError, Fault
from mou_builder.interview.scope import Scope
from mou_builder.interview.state import Interview
from mou_builder.interview.tree import is_below
from mou_builder.marked import Path
from mou_builder.shape import dotted


def scoped(now: Interview, scope: Scope) -> Interview:
    """Return the interview at the first question that `scope` wants."""
    first = next((item.path for item in now.items if scope.wants(item)), None)
    return now.elsewhere(scopes=(scope,), cursor=first, trail=trail_with(now, now.cursor))


def jump(now: Interview, section: str) -> Interview:
    """Return the interview in a section: at what waits there, or through all of it if nothing does."""
    return through(now, (section,))


def through(now: Interview, prefix: Path) -> Interview:
    """Return the interview about to go through what waits below `prefix` or, if nothing does, through all of it."""
    inside = [item for item in now.items if is_below(item.path, prefix)]
    if not inside:
        raise AnswerError(Fault(dotted(prefix), "nothing is asked there in this agreement.", "Choose another section."))
    within = Scope("part" if any(item.waits for item in inside) else "pass", prefix)
    return into(now.elsewhere(scopes=(*now.scopes[:1], within)), prefix, now)


def go(now: Interview, path: Path) -> Interview:
    """Return the interview at the question at `path`, answered or not."""
    now.item(path)
    return now.elsewhere(cursor=path, trail=trail_with(now, now.cursor), scopes=scopes_for(now, path))


def into(made: Interview, prefix: Path, before: Interview) -> Interview:
    """Return the interview at the first question wanted below `prefix`, or at what comes next."""
    first = next((item.path for item in made.items if is_below(item.path, prefix) and made.scope.wants(item)), None)
    if first is not None:
        return made.elsewhere(trail=trail_with(before, before.cursor), cursor=first)
    if any(is_below(item.path, prefix) and item.waits for item in made.items):
        return into(made.elsewhere(scopes=(*made.scopes, Scope("part", prefix))), prefix, before)
    return onward(made, before, before.cursor)


def left(made: Interview, path: Path, before: Interview) -> Interview:
    """Return the interview at the next question after the one at `path` was left."""
    fault = made.fault_at(path)
    scopes = tuple(scope.past(path, fault) for scope in made.scopes)
    return onward(made.elsewhere(scopes=scopes, trail=trail_with(before, path)), before, path)


def onward(made: Interview, before: Interview, path: Path | None) -> Interview:
    """Return the interview at the next wanted question behind `path`, else at the first; a scope that is done is left."""
    earlier = before.items[: before.places.get(path, -1) + 1] if path is not None else ()
    place = max((made.places[item.path] for item in earlier if item.path in made.places), default=-1)
    scopes = made.scopes
    while True:
        wanted = [item.path for item in made.items if scopes[-1].wants(item)]
        behind = [one for one in wanted if made.places[one] > place]
        first = next(iter(behind or wanted), None)
        if first is not None or len(scopes) == 1:
            return made.elsewhere(scopes=scopes, cursor=first)
        scopes = scopes[:-1]


def trail_with(now: Interview, path: Path | None) -> tuple[Path, ...]:
    """Return the way so far with one more question on it."""
    return now.trail if path is None or now.trail[-1:] == (path,) else (*now.trail, path)


def scopes_for(now: Interview, path: Path) -> tuple[Scope, ...]:
    """Return the scopes that go on at `path`: a part that does not hold it is left."""
    kept = list(now.scopes)
    while len(kept) > 1 and not kept[-1].covers(path):
        kept.pop()
    return tuple(kept)
