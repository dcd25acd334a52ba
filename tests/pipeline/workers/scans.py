"""Plans that are pictures of text."""

from __future__ import annotations

import pymupdf


def scan_of(pages: int) -> bytes:
    """A PDF of so many pages, each a picture of two lines."""
    with pymupdf.open() as text, pymupdf.open() as pictures:
        for number in range(pages):
            page = text.new_page(width=420, height=300)
            page.insert_text((40, 60), f"令和6年度 岡山支部事業計画 {number}", fontname="japan", fontsize=14)
            page.insert_text((40, 120), f"健診の実施率を{60 + number}%以上とする", fontname="japan", fontsize=14)
            picture = page.get_pixmap(dpi=150)
            pictures.new_page(width=420, height=300).insert_image(pymupdf.Rect(0, 0, 420, 300), pixmap=picture)
        data: bytes = pictures.tobytes(no_new_id=True)
    return data
