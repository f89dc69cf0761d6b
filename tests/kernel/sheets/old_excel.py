"""Old Office files in few bytes: the container of before 2007, a workbook of Excel 97 in it, a workbook with a password."""

import struct

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def container(**streams):
    """A compound file with these streams; each is filled up to 4096 bytes, so that none needs the small sectors."""
    names = list(streams)
    chunks = [streams[name].ljust(-(-max(len(streams[name]), 4096) // SECTOR) * SECTOR, b"\0") for name in names]
    starts, fat, at = [], [], 2  # sector 0 the table of sectors, 1 the directory
    for chunk in chunks:
        starts.append(at)
        count = len(chunk) // SECTOR
        fat += [*range(at + 1, at + count), _END]
        at += count
    table = [_FAT, _END, *fat]
    table += [_FREE] * (SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", 5, child=1)]
    for place, (name, start, chunk) in enumerate(zip(names, starts, chunks, strict=True), start=1):
        entries.append(_entry(name, 2, start=start, size=len(chunk), right=place + 1 if place < len(names) else _FREE))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return head + struct.pack(f"<{len(table)}I", *table) + directory + b"".join(chunks)


def _entry(name, kind, *, start=_END, size=0, child=_FREE, right=_FREE):
    wide = (name + "\0").encode("utf-16-le")
    return (
        wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1) + struct.pack("<III", _FREE, right, child) + bytes(36)
        + struct.pack("<IQ", start if kind != 5 else _END, size)
    )  # fmt: skip


def xls(rows, name="Trang 1"):
    """A workbook of Excel 97–2003 with one sheet of texts and numbers."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    end = _record(0x000A, b"")
    label = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    place = len(begin) + len(_record(0x0085, bytes(6) + label)) + len(end)
    book = begin + _record(0x0085, struct.pack("<IH", place, 0) + label) + end
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            where = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                sheet += _record(0x0204, where + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            else:
                sheet += _record(0x0203, where + struct.pack("<d", cell))
    return container(Workbook=book + sheet + end)


def _record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def with_password():
    """What Excel writes for a workbook with a password: the package, encrypted, in an old container."""
    return container(EncryptionInfo=bytes(300), EncryptedPackage=bytes(5000))
