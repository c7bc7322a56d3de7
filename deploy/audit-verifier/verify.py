#!/usr/bin/env python3
"""Verifies an export of Baigong's audit log without any of its code: Python 3.8 or newer, nothing else.

    verify.py EXPORT [--key FILE] [--head FILE ...]

EXPORT is a folder or a ZIP. --key names a file with the log's public key, from elsewhere than the export; without it
the key in the export is used, which shows only that the export is whole. --head names files, or folders of them, with
signed heads that were kept outside, each note followed by an empty line. The format stands in docs/audit-format.md.

Exit codes: 0 it is what was signed, 1 it is not (the first wrong entry is named), 2 wrong usage.
"""
import argparse
import base64
import binascii
import hashlib
import io
import json
import os
import sys
import zipfile

FORMAT = "baigong-audit-export 1\n"
PARTIAL = "baigong-audit-export 2\n"


class Tampered(Exception):
    """What is wrong, and with which entry."""


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


# --- Ed25519 (RFC 8032, section 5.1), to verify only: nothing here is secret, so nothing need take constant time.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    product = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            product = add(product, point)
        point = add(point, point)
        scalar >>= 1
    return product


def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(key, message, signature):
    a, r, s = decompress(key), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or len(signature) != 64:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- signed notes and heads (C2SP signed-note and tlog-checkpoint)
def parse_key(text):
    try:
        name, hashed, data = text.strip().split("+", 2)
        data = base64.b64decode(data, validate=True)
    except (ValueError, binascii.Error):
        raise Tampered("the public key can't be read") from None
    if len(data) != 33 or data[0] != 1 or sha256(name.encode(), b"\n", data)[:4].hex() != hashed:
        raise Tampered("the public key can't be read")
    return name, data[1:]


def parse_head(note, key):
    """The size and root of a head, which this key signed."""
    name, public = key
    text, gap, signatures = note.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    try:
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError, binascii.Error):
        raise Tampered("a head can't be read") from None
    if not gap or origin != name or str(size) != lines[1] or size < 0 or len(root) != 32:
        raise Tampered("a head can't be read, or is of another log")
    for line in signatures.split("\n"):
        prefix = "\u2014 " + name + " "
        if line.startswith(prefix):
            try:
                data = base64.b64decode(line[len(prefix):], validate=True)
            except binascii.Error:
                continue
            hashed = sha256(name.encode(), b"\n\x01", public)[:4]
            if data[:4] == hashed and ed25519_verify(public, text.encode(), data[4:]):
                return size, root
    raise Tampered("the head of %d entries is not signed by the log's key" % size)


# --- the tree (RFC 6962, section 2.1)
class Tree:
    """Roots of the complete subtrees, from the largest to the smallest."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, leaf_hash):
        number = self.size
        while number & 1:
            leaf_hash = sha256(b"\x01", self.peaks.pop(), leaf_hash)
            number >>= 1
        self.peaks.append(leaf_hash)
        self.size += 1

    def root(self):
        if not self.peaks:
            return sha256()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = sha256(b"\x01", peak, root)
        return root


class Export:
    """A folder or a ZIP."""

    def __init__(self, path):
        self.path = path
        self.zip = None if os.path.isdir(path) else zipfile.ZipFile(path)

    def open(self, name):
        return io.BufferedReader(self.zip.open(name)) if self.zip else open(os.path.join(self.path, name), "rb")

    def text(self, name):
        with self.open(name) as file:
            try:
                return file.read(1 << 16).decode("utf-8")
            except UnicodeDecodeError:
                raise Tampered(name + " is no text") from None


def rows(export):
    """Pairs of a leaf's bytes and the line that stands for it in hashes.txt."""
    with export.open("entries.jsonl") as entries, export.open("hashes.txt") as hashes:
        for line in entries:
            if not line.endswith(b"\n"):
                raise Tampered("the last line of entries.jsonl has no end; the file is cut off")
            yield line[:-1], hashes.readline()
        if hashes.readline():
            raise Tampered("hashes.txt has more lines than entries.jsonl")


def entry(number, leaf, stored, before, tree, size, partial):
    """Checks one entry; its hash, and when it was logged. Of one that is withheld, only the hash is there."""
    withheld = partial and not leaf
    try:
        hashed = bytes.fromhex(stored.decode("ascii")) if withheld else sha256(b"\x00", leaf)
    except ValueError:
        hashed = b""
    if number >= size:
        raise Tampered("entry %d inserted: the signed head ends before it, at %d entries" % (number, size))
    if len(hashed) != 32 or stored != (hashed.hex() + "\n").encode():
        raise Tampered("entry %d edited: its hash is not that in hashes.txt" % number)
    if withheld:
        tree.add(hashed)
        return hashed, before[1]
    try:
        content = json.loads(leaf.decode("utf-8"))
        seq, prev, logged, kind = content["seq"], content["prev"], content["logged"], content["entry"]["kind"]
    except (ValueError, KeyError, TypeError):
        raise Tampered("entry %d edited: it can't be read" % number) from None
    if seq != number:
        raise Tampered("entry %d deleted, inserted or reordered: number %s stands in its place" % (number, seq))
    if prev != before[0].hex():
        raise Tampered("entry %d edited, or the one before it: they are not linked" % number)
    if not isinstance(logged, str) or not isinstance(kind, str) or logged < before[1]:
        raise Tampered("entry %d back-dated: it was logged before the entry before it" % number)
    tree.add(hashed)
    return hashed, logged


def verify(export, key, notes):
    """Number of entries; raises Tampered."""
    form = export.text("format.txt")
    if not form.startswith((FORMAT, PARTIAL)):
        raise Tampered("format.txt is not that of this version")
    size, root = parse_head(export.text("checkpoint.txt"), key)
    kept = sorted({parse_head(note, key) for note in notes})
    tree, before, agreed = Tree(), (bytes(32), ""), 0

    def compare():
        nonlocal agreed
        for at, other in kept:
            if at == tree.size:
                if other != tree.root():
                    raise Tampered("entry %d forked: a head kept elsewhere of %d entries has another root" % (agreed, at))
                agreed = at

    sizes = {at for at, _ in kept}
    compare()
    for leaf, stored in rows(export):
        before = entry(tree.size, leaf, stored, before, tree, size, form.startswith(PARTIAL))
        if tree.size in sizes:
            compare()
    if tree.size < size:
        raise Tampered("entry %d deleted: the signed head says %d entries" % (tree.size, size))
    if tree.root() != root:
        raise Tampered("entry %d forked: the entries do not have the root that was signed" % agreed)
    if kept and kept[-1][0] > size:
        raise Tampered("entry %d truncated: a head kept elsewhere says %d entries" % (size, kept[-1][0]))
    return size


def files_in(path):
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names] or [path]


def notes_in(path):
    with open(path, encoding="utf-8") as file:
        parts = file.read().split("\n\n")
    return [parts[i] + "\n\n" + parts[i + 1].rstrip("\n") + "\n" for i in range(0, len(parts) - 1, 2)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export")
    parser.add_argument("--key")
    parser.add_argument("--head", action="append", default=[])
    arguments = parser.parse_args()
    try:
        export = Export(arguments.export)
        notes = []
        for path in arguments.head:
            found = [note for file in files_in(path) for note in notes_in(file)]
            if not found:
                raise OSError("there is no signed head in %s" % path)
            notes += found
        if arguments.key:
            with open(arguments.key, encoding="utf-8") as file:
                text = file.read()
        else:
            text = export.text("key.txt")
        key = parse_key(text)
        if parse_key(export.text("key.txt")) != key:
            raise Tampered("key.txt is not the key that was given")
        size = verify(export, key, notes)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        print("verify.py: %s" % error, file=sys.stderr)
        return 1
    except Tampered as error:
        print(error)
        return 1
    print("%d entries are what %s signed%s" % (
        size, key[0], "" if arguments.key else "; the key is the export's own, so this shows only that it is whole"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
