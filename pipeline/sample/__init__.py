"""A demonstration corpus: 47 invented plans in the manner of real ones, with the truth of what they say beside them."""

from __future__ import annotations

from pipeline.sample.corpus import CorpusSummary, write_corpus

__all__ = ["CorpusSummary", "write_corpus"]
