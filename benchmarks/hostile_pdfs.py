"""PDFs that are well formed and mean harm: each function plants one thing in a sound file."""

# ruff: noqa: ARG001 - all mutations have one signature, also those that leave nothing to chance

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

Mutation = Callable[[bytes, random.Random], bytes]

MANY_PAGES = 10_000
DEPTH = 100_000
BOMB = 1 << 30
"""Bytes of a stream once it is unpacked."""


def cut_to(data: bytes, pages: int) -> bytes:
    """The first ``pages`` pages of a PDF."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[pages:]
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _planted(plant: Callable[[Pdf], None], data: bytes) -> bytes:
    with Pdf.open(io.BytesIO(data)) as pdf:
        plant(pdf)
        return _saved(pdf)


def huge_page(data: bytes, chance: random.Random) -> bytes:
    """A MediaBox of ten million points."""
    return _planted(lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 10**7, 10**7])), data)


def page_without_size(data: bytes, chance: random.Random) -> bytes:
    """A MediaBox that is empty, upside down or no box."""
    box = chance.choice([Array([0, 0, 0, 0]), Array([500, 500, 0, 0]), Array([1, 2]), Name("/None")])
    return _planted(lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", box), data)


def recursive_page_tree(data: bytes, chance: random.Random) -> bytes:
    """A page tree that holds itself."""
    return _planted(lambda pdf: pdf.Root.Pages.Kids.append(pdf.Root.Pages), data)


def cyclic_forms(data: bytes, chance: random.Random) -> bytes:
    """Two form XObjects that draw each other."""

    def plant(pdf: Pdf) -> None:
        forms = [pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form) for _ in range(2)]
        for form, other in (forms, forms[::-1]):
            form["/BBox"] = Array([0, 0, 100, 100])
            form["/Resources"] = Dictionary(XObject=Dictionary(F=other))
        page = pdf.pages[0]
        page.add_resource(forms[0], Name.XObject, Name("/F"))
        page.contents_add(b"/F Do")

    return _planted(plant, data)


def forms_within_forms(data: bytes, chance: random.Random) -> bytes:
    """Forms that each draw the next one ten times: 10^12 drawings in a few lines."""

    def plant(pdf: Pdf) -> None:
        inner = pdf.make_stream(b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        for _ in range(12):
            inner = pdf.make_stream(
                b"/F Do " * 10,
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 9, 9]),
                Resources=Dictionary(XObject=Dictionary(F=inner)),
            )
        page = pdf.pages[0]
        page.add_resource(inner, Name.XObject, Name("/F"))
        page.contents_add(b"/F Do")

    return _planted(plant, data)


def ten_thousand_pages(data: bytes, chance: random.Random) -> bytes:
    """The first page again and again."""

    def plant(pdf: Pdf) -> None:
        first = pdf.pages[0].obj
        pdf.Root.Pages.Kids = Array([first] * MANY_PAGES)
        pdf.Root.Pages.Count = MANY_PAGES

    return _planted(plant, data)


def count_that_lies(data: bytes, chance: random.Random) -> bytes:
    """A page count far from the pages there are."""
    count = chance.choice([0, -1, 2**31 - 1])
    return _planted(lambda pdf: pdf.Root.Pages.__setitem__("/Count", count), data)


def deep_arrays(data: bytes, chance: random.Random) -> bytes:
    """Arrays in arrays, a hundred thousand deep."""
    planted = b"\n9999 0 obj\n" + b"[" * DEPTH + b"]" * DEPTH + b"\nendobj\n"
    position = data.find(b"obj") - 4
    return data[: max(position, 9)] + planted + data[max(position, 9) :]


def deep_graphics_states(data: bytes, chance: random.Random) -> bytes:
    """A content stream that saves its state a hundred thousand times."""
    return _planted(lambda pdf: pdf.pages[0].contents_add(b"q " * DEPTH + b"BT " * DEPTH), data)


def flood_of_strokes(data: bytes, chance: random.Random) -> bytes:
    """Three hundred thousand strokes on one page."""
    return _planted(lambda pdf: pdf.pages[0].contents_add(b"10 10 m 90 90 l S\n" * 300_000), data)


def flood_of_text(data: bytes, chance: random.Random) -> bytes:
    """Half a million characters on one page."""

    def plant(pdf: Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[0].add_resource(font, Name.Font, Name("/Flood"))
        pdf.pages[0].contents_add(b"BT /Flood 8 Tf 50 50 Td " + b"(0123456789) Tj\n" * 50_000 + b"ET")

    return _planted(plant, data)


def packed_bomb(data: bytes, chance: random.Random) -> bytes:
    """A content stream of a gigabyte of blanks, packed into a megabyte."""

    def plant(pdf: Pdf) -> None:
        stream = pikepdf.Stream(pdf, _packed_blanks())
        stream["/Filter"] = Name.FlateDecode
        pdf.pages[0].obj["/Contents"] = pdf.make_indirect(stream)

    return _planted(plant, data)


@cache
def _packed_blanks() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(BOMB >> 20)) + packer.flush()


def huge_image(data: bytes, chance: random.Random) -> bytes:
    """An image that claims 100,000 by 100,000 pixels."""

    def plant(pdf: Pdf) -> None:
        image = pdf.make_stream(
            b"\x00" * 100,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=100_000,
            Height=100_000,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"q 500 0 0 700 0 0 cm /Huge Do Q")
        pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(Huge=image))

    return _planted(plant, data)


def javascript(data: bytes, chance: random.Random) -> bytes:
    """A script that runs on opening."""
    action = Dictionary(S=Name.JavaScript, JS="app.launchURL('http://example.invalid/')")
    return _planted(lambda pdf: pdf.Root.__setitem__("/OpenAction", action), data)


def launch_and_link(data: bytes, chance: random.Random) -> bytes:
    """Annotations that start a program, open a page of the web, and read a file."""

    def plant(pdf: Pdf) -> None:
        actions = [
            Dictionary(S=Name.Launch, F="/bin/sh"),
            Dictionary(S=Name.URI, URI="http://example.invalid/"),
            Dictionary(S=Name.GoToR, F="/etc/passwd", D=Array([0, Name.Fit])),
        ]
        pdf.pages[0].obj["/Annots"] = Array(
            [
                pdf.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 500, 700]), A=action)
                )
                for action in actions
            ]
        )

    return _planted(plant, data)


def embedded_file(data: bytes, chance: random.Random) -> bytes:
    """An attachment whose name climbs out of any folder."""

    def plant(pdf: Pdf) -> None:
        pdf.attachments["../../planted.sh"] = pikepdf.AttachedFileSpec(
            pdf,
            b"#!/bin/sh\ntouch planted\n",
            filename="../../planted.sh",
            description="",
            mime_type="",
            creation_date="",
            mod_date="",
        )

    return _planted(plant, data)


def titled_with_markup(data: bytes, chance: random.Random) -> bytes:
    """A title that is a script, and one that is a path."""

    def plant(pdf: Pdf) -> None:
        titles = ["<script>alert(1)</script>", "../../../etc/passwd", "a\x00b", "%2e%2e%2f"]
        pdf.docinfo["/Title"] = chance.choice(titles)
        pdf.docinfo["/ModDate"] = "D:99999999999999+99'99'"

    return _planted(plant, data)


def locked(data: bytes, chance: random.Random) -> bytes:
    """A password is needed."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner=str(chance.random()), user="user"))
        return out.getvalue()


def without_pages(data: bytes, chance: random.Random) -> bytes:
    """No page at all."""

    def plant(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([])
        pdf.Root.Pages.Count = 0

    return _planted(plant, data)


HOSTILE: tuple[Mutation, ...] = (
    huge_page,
    page_without_size,
    recursive_page_tree,
    cyclic_forms,
    forms_within_forms,
    ten_thousand_pages,
    count_that_lies,
    deep_arrays,
    deep_graphics_states,
    flood_of_strokes,
    flood_of_text,
    packed_bomb,
    huge_image,
    javascript,
    launch_and_link,
    embedded_file,
    titled_with_markup,
    locked,
    without_pages,
)
