"""Pictures that tests attach as plots."""

from __future__ import annotations

import struct
import zlib


def picture(shade):
    """A small PNG of one shade of grey."""
    def chunk(kind, data):
        body = kind + data
        return (struct.pack('>I', len(data)) + body
                + struct.pack('>I', zlib.crc32(body)))
    rows = (b'\0' + bytes([shade]) * 160) * 100
    return (b'\x89PNG\r\n\x1a\n'
            + chunk(b'IHDR', struct.pack('>IIBBBBB', 160, 100, 8, 0, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
