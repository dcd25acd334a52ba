"""The declaration of the table ``thread_links``: one row a measure that is followed over years and branches."""

from __future__ import annotations

import pyarrow as pa

THREAD_LINKS = pa.schema(
    [
        pa.field("measure_id", pa.string(), nullable=False),
        pa.field("thread_id", pa.string(), nullable=False),
        pa.field("topic_id", pa.string(), nullable=False),
        pa.field("linked", pa.string(), nullable=False),
        pa.field("previous_measure_id", pa.string()),
        pa.field("similarity", pa.float64()),
        pa.field("topic_similarity", pa.float64(), nullable=False),
        pa.field("merged_into", pa.string()),
    ]
)
