"""Tables without rules whose rows or cells fills tell: zebra stripes, shaded cells with white gaps between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.layout.open_tables import uprights_between
from parsers.model.geometry import Box, enclosing
from parsers.model.page import WHITE, Fill, Glyph, Stroke


@dataclass(frozen=True, slots=True)
class FilledTableSettings:
    """Tables drawn by fills alone. Points unless said otherwise."""

    same_height: float = 2.0
    """Fills of one row begin and end within this."""
    white_gap: float = 6.0
    """White gaps between shaded cells were seen up to so wide."""
    lowest: float = 7.0
    """A lower fill is a rule or a highlight's underline. Nearest: 13.9, nothing below."""
    highest: float = 200.0
    """A higher one is a box of text or the page's ground. Nearest: 46, nothing above."""
    between: float = 2.5
    """Times the usual height of a stripe: what lies between two stripes is unshaded rows of one table up to this.
    Chosen: one missing stripe and a taller row.
    """
    same_end: float = 4.0
    """Rules and stripes of one table end within this. Chosen."""
    fewest_rules_beside: int = 2
    """Level rules as wide as stripes that make them one table. Chosen."""
    fewest_stripes: int = 3
    """Stripes as wide as level rules that tell rows: the head's and two more. Chosen."""
    usual: int = 20
    """Stripes from which the usual height is told. Chosen."""
    same_cell: float = 1.6
    """Times a fill's height below which one around it is the same cell's. Chosen."""


SETTINGS = FilledTableSettings()


@dataclass(frozen=True, slots=True)
class _Stripe:
    """A row of fills that touch or nearly touch; ``seams`` are the places between them."""

    box: Box
    seams: tuple[float, ...]


def filled_tables(fills: Sequence[Fill], glyphs: Sequence[Glyph], ruled: Sequence[Box]) -> list[list[Stroke]]:
    """Rulings where fills tell them, a list for each table; ``ruled`` are the boxes of tables drawn by rules.

    A table is at least two stripes of one extent with text in several columns.
    """
    boxes = [
        fill.box
        for fill in fills
        if fill.color != WHITE
        and SETTINGS.lowest <= fill.box.height <= SETTINGS.highest
        and not any(fill.box.overlaps(box) for box in ruled)
    ]
    tables = []
    parts, spanning = _split_at_neighbours(_outermost(boxes))
    for stack in _stacks(list(_stripes(parts))):
        if _are_bars(stack, glyphs):
            continue
        rules = _rules(stack, glyphs)
        uprights = _uprights(stack, rules, glyphs)
        if len(rules) > 2 and len(uprights) > 2:
            tables.append([*_beside(rules, spanning), *uprights])
    return tables


def stripe_edges(fills: Sequence[Fill], levels: Sequence[Stroke]) -> list[Stroke]:
    """The upper and lower edges of stripes that are as wide as level rules around them: rows that no rule parts.

    In a table of a head's band, zebra stripes and a few rules each kind alone tells but some of the rows.
    """
    widths = Counter(_ends(rule.box) for rule in levels)
    heights = [fill for fill in fills if SETTINGS.lowest <= fill.box.height <= SETTINGS.highest]
    found = [
        stripe.box
        for stripe in _stripes(_outermost([fill.box for fill in heights if fill.color != WHITE]))
        if widths[_ends(stripe.box)] >= SETTINGS.fewest_rules_beside
    ]
    if len(found) < SETTINGS.fewest_stripes:
        return []
    found += _white_below(found, [fill.box for fill in heights if fill.color == WHITE])
    return [Stroke(Box(box.x0, y, box.x1, y), 0.0, 0) for box in found for y in (box.top, box.bottom)]


def _white_below(stripes: Sequence[Box], white: Sequence[Box]) -> list[Box]:
    """The last row of a table whose every other row is white: filled so cell by cell, right below the one above."""
    last = max(stripes, key=lambda box: box.bottom)
    return [
        stripe.box
        for stripe in _stripes(_outermost(white))
        if stripe.seams
        and _ends(stripe.box) == _ends(last)
        and abs(stripe.box.top - last.bottom) <= SETTINGS.same_height
        and stripe.box.height <= SETTINGS.between * last.height
    ]


def _ends(box: Box) -> tuple[int, int]:
    return round(box.x0 / SETTINGS.same_end), round(box.x1 / SETTINGS.same_end)


def _split_at_neighbours(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """The fills with those of cells that span rows cut at the edges of the lower ones beside them, and the uncut ones.

    Such a cell is as high as the cells beside it are together.
    """
    by_side: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        for side in {round(box.x0 / SETTINGS.white_gap), round(box.x1 / SETTINGS.white_gap)}:
            by_side[side].append(box)
    parts: list[Box] = []
    spanning: list[Box] = []
    for box in boxes:
        cuts = max((_cuts(box, by_side, side) for side in (box.x0, box.x1)), key=len)
        if not cuts:
            parts.append(box)
            continue
        spanning.append(box)
        edges = [box.top, *cuts, box.bottom]
        parts += [Box(box.x0, top, box.x1, bottom) for top, bottom in pairwise(edges)]
    return parts, spanning


def _cuts(box: Box, by_side: Mapping[int, Sequence[Box]], x: float) -> list[float]:
    """The heights at which the lower fills that stand at one side of ``box`` and fill its height meet."""
    at = round(x / SETTINGS.white_gap)
    near = {
        other
        for key in (at - 1, at, at + 1)
        for other in by_side.get(key, ())
        if other.height < box.height - SETTINGS.lowest
        and other.top >= box.top - SETTINGS.same_height
        and other.bottom <= box.bottom + SETTINGS.same_height
        and not -SETTINGS.same_height > max(other.x0 - box.x1, box.x0 - other.x1)
        and max(other.x0 - box.x1, box.x0 - other.x1) <= SETTINGS.white_gap
    }
    ordered = sorted(near, key=lambda other: other.top)
    meet = [
        one for one in pairwise(ordered) if -SETTINGS.same_height <= one[1].top - one[0].bottom <= SETTINGS.white_gap
    ]
    ends = (
        bool(ordered)
        and ordered[0].top - box.top <= SETTINGS.white_gap
        and box.bottom - ordered[-1].bottom <= SETTINGS.white_gap
    )
    whole = ends and len(meet) == len(ordered) - 1
    return [(one.bottom + other.top) / 2 for one, other in meet] if whole else []


def _beside(rules: Sequence[Stroke], spanning: Sequence[Box]) -> Iterator[Stroke]:
    """The level rulings without their stretches through cells that span rows."""
    for rule in rules:
        y, at = rule.box.top, rule.box.x0
        through = [box for box in spanning if box.top + SETTINGS.white_gap < y < box.bottom - SETTINGS.white_gap]
        for box in sorted(box for box in through if box.x1 > rule.box.x0 and box.x0 < rule.box.x1):
            if box.x0 > at:
                yield rule._replace(box=Box(at, y, box.x0, y))
            at = max(at, box.x1)
        if at < rule.box.x1:
            yield rule._replace(box=Box(at, y, rule.box.x1, y))


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """The fills without those that one hardly higher holds: shading is often drawn for the cell and for its text."""
    kept: dict[int, list[Box]] = defaultdict(list)
    for box in sorted(set(boxes), key=lambda box: (-box.width * box.height, box)):
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        level = round(y / SETTINGS.lowest)
        beside = (other for near in (level - 1, level, level + 1) for other in kept[near])
        if not any(other.contains(x, y) and other.height < SETTINGS.same_cell * box.height for other in beside):
            kept[level].append(box)
    return [box for row in kept.values() for box in row]


def _stripes(boxes: Sequence[Box]) -> Iterator[_Stripe]:
    """Fills of one height and depth that stand side by side, as one stripe each."""
    ordered = sorted(
        boxes, key=lambda box: (round(box.top / SETTINGS.same_height), round(box.bottom / SETTINGS.same_height), box.x0)
    )
    row: list[Box] = []
    for box in ordered:
        beside = (
            row
            and abs(box.top - row[-1].top) <= SETTINGS.same_height
            and abs(box.bottom - row[-1].bottom) <= SETTINGS.same_height
        )
        if row and not (beside and -SETTINGS.same_height <= box.x0 - row[-1].x1 <= SETTINGS.white_gap):
            yield _stripe(row)
            row = []
        row.append(box)
    if row:
        yield _stripe(row)


def _stripe(row: Sequence[Box]) -> _Stripe:
    return _Stripe(enclosing(row), tuple((one.x1 + other.x0) / 2 for one, other in pairwise(row)))


def _stacks(stripes: Sequence[_Stripe]) -> list[list[_Stripe]]:
    """Stripes of one extent, one below the other, with no more between them than a few rows."""
    stacks: list[list[_Stripe]] = []
    lowest: dict[tuple[int, int], list[_Stripe]] = {}
    for stripe in sorted(stripes, key=lambda stripe: (stripe.box.top, stripe.box.x0)):
        left, right = round(stripe.box.x0 / SETTINGS.same_height), round(stripe.box.x1 / SETTINGS.same_height)
        near = [(left + a, right + b) for a in (0, -1, 1) for b in (0, -1, 1)]
        stack = next((lowest[key] for key in near if key in lowest and _follows(stripe, lowest[key])), None)
        if stack is None:
            stack = []
            stacks.append(stack)
        stack.append(stripe)
        lowest[left, right] = stack
    return [stack for stack in stacks if len(stack) > 1]


def _follows(stripe: _Stripe, stack: Sequence[_Stripe]) -> bool:
    """Whether a stripe stands below the last of a stack as the next of its rows would."""
    usual = max(median(other.box.height for other in stack[-SETTINGS.usual :]), stripe.box.height)
    return -SETTINGS.same_height <= stripe.box.top - stack[-1].box.bottom <= SETTINGS.between * usual


def _are_bars(stack: Sequence[_Stripe], glyphs: Sequence[Glyph]) -> bool:
    """Whether stripes are shaded boxes of text one below the other: each is one fill, nothing stands between them."""
    between = [
        Box(one.box.x0, one.box.bottom, one.box.x1, other.box.top)
        for one, other in pairwise(stack)
        if other.box.top - one.box.bottom > SETTINGS.white_gap
    ]
    return (
        len(between) == len(stack) - 1
        and not any(stripe.seams for stripe in stack)
        and not any(box.contains((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) for g in glyphs for box in between)
    )


def _parts_text(upright: Stroke, glyphs: Sequence[Glyph], left: float, right: float) -> bool:
    """Whether text stands between ``left`` and ``right`` on both sides of an upright, in its row."""
    box = upright.box
    row = [g for g in glyphs if not g.text.isspace() and box.top < (g.top + g.bottom) / 2 < box.bottom]
    return any(left <= g.x0 < box.x0 for g in row) and any(box.x0 < g.x0 <= right for g in row)


def _rules(stack: Sequence[_Stripe], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """Level rulings at the stripes' edges, and around an unshaded row above or below them where text stands there."""
    box = enclosing(stripe.box for stripe in stack)
    heights = [box.top]
    zebra = False
    for one, other in pairwise(stack):
        gap = other.box.top - one.box.bottom
        zebra = zebra or gap > SETTINGS.white_gap
        heights += (
            [one.box.bottom, other.box.top] if gap > SETTINGS.white_gap else [(one.box.bottom + other.box.top) / 2]
        )
    heights.append(box.bottom)
    usual = median(stripe.box.height for stripe in stack)
    if zebra and _holds_text(glyphs, Box(box.x0, box.bottom, box.x1, box.bottom + usual)):
        heights.append(box.bottom + usual)
    if zebra and _holds_text(glyphs, Box(box.x0, box.top - usual, box.x1, box.top)):
        heights.insert(0, box.top - usual)
    return [Stroke(Box(box.x0, y, box.x1, y), 0.0, 0) for y in heights]


def _holds_text(glyphs: Sequence[Glyph], box: Box) -> bool:
    """Whether text stands in a box, within its sides and in two places that a wide gap parts."""
    held = [g for g in glyphs if not g.text.isspace() and box.top < (g.top + g.bottom) / 2 < box.bottom]
    inside = sorted((g for g in held if box.x0 <= g.x0 and g.x1 <= box.x1), key=lambda g: g.x0)
    parted = any(b.x0 - a.x1 > 2 * a.size for a, b in pairwise(inside))
    return bool(inside) and len(inside) == len(held) and parted


def _uprights(stack: Sequence[_Stripe], rules: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """Upright rulings: at the seams of most stripes, else through gutters that the text leaves free; and the sides."""
    left, right = rules[0].box.x0, rules[0].box.x1
    top, bottom = rules[0].box.top, rules[-1].box.top
    parted = [stripe for stripe in stack if stripe.seams]
    inner: list[Stroke] = []
    if 2 * len(parted) > len(stack):
        inner = [
            Stroke(Box(x, stripe.box.top - SETTINGS.white_gap, x, stripe.box.bottom + SETTINGS.white_gap), 0.0, 0)
            for stripe in parted
            for x in stripe.seams
        ]
        inner = [stroke._replace(box=_within(stroke.box, top, bottom)) for stroke in inner]
        inner += _between_stripes(parted, rules, glyphs)
    else:
        inner = uprights_between(rules, glyphs)
        rows = {stroke.box.top for stroke in inner if _parts_text(stroke, glyphs, left, right)}
        # A wide gap in the line of one shaded box is no column.
        inner = inner if len(rows) > 1 else []
    if not inner:
        return []
    return [*(Stroke(Box(x, top, x, bottom), 0.0, 0) for x in (left, right)), *inner]


def _between_stripes(parted: Sequence[_Stripe], rules: Sequence[Stroke], glyphs: Sequence[Glyph]) -> list[Stroke]:
    """The uprights carried on through the unshaded rows, but for a cell whose text runs over one."""
    found = []
    for above, below in pairwise(rules):
        top, bottom = above.box.top, below.box.top
        middle = (top + bottom) / 2
        if bottom - top <= SETTINGS.white_gap or any(stripe.box.top < middle < stripe.box.bottom for stripe in parted):
            continue
        seams = _nearest_seams(parted, top, bottom)
        band = [glyph for glyph in glyphs if top < (glyph.top + glyph.bottom) / 2 < bottom and not glyph.text.isspace()]
        found += [
            Stroke(Box(x, top, x, bottom), 0.0, 0) for x in seams if not any(glyph.x0 < x < glyph.x1 for glyph in band)
        ]
    return found


def _nearest_seams(parted: Sequence[_Stripe], top: float, bottom: float) -> tuple[float, ...]:
    """The seams of the stripe right above or right below a row, of that with more."""
    above = [stripe for stripe in parted if stripe.box.bottom <= top + SETTINGS.white_gap]
    below = [stripe for stripe in parted if stripe.box.top >= bottom - SETTINGS.white_gap]
    near = [*above[-1:], *below[:1]]
    return max((stripe.seams for stripe in near), key=len, default=())


def _within(box: Box, top: float, bottom: float) -> Box:
    return Box(box.x0, max(box.top, top), box.x1, min(box.bottom, bottom))
