"""Asks aics-tlog, which shares no code with the journal, about notes and proofs.

Reads a bundle and the key known to the reader on standard input, as {"key": …, "bundle": …}; writes
"accepted", or why not.
"""

import base64
import json
import sys

from aics_tlog import checkpoint, note, tree


def lengths(event):
    """The fields of an event as the journal hashes them, each preceded by its length."""
    text = str.encode
    number = lambda value: value.to_bytes(8, "big", signed=value < 0)
    tenant = event["tenant"]
    fields = [
        number(event["position"]),
        bytes.fromhex(event["id"].replace("-", "")),
        b"\0" if tenant is None else b"\1" + text(tenant),
        text(event["stream"]),
        text(event["streamId"]),
        number(event["sequence"]),
        text(event["name"]),
        text(event["version"]),
        text(event["payload"]),
        text(event["metadata"]),
        number(event["recordedAt"]),
    ]
    return b"".join(len(field).to_bytes(8, "big") + field for field in fields)


def signed(text, key):
    parsed = note.parse_note(text)
    if not note.verify_note(parsed, [note.parse_vkey(key)]):
        raise ValueError("the note is not signed by the key")
    return checkpoint.parse_checkpoint(parsed.text)


def hashes(proof):
    return [base64.b64decode(one, validate=True) for one in proof]


def check(key, bundle):
    head = signed(bundle["note"], key)
    for event in bundle["events"]:
        index, proof = event["position"] - 1, hashes(event["proof"])
        if not tree.verify_leaf_inclusion(lengths(event), index, head.size, proof, head.root):
            raise ValueError(f"the event at {event['position']} is not included")
    earlier = bundle["earlier"]
    old = signed(earlier["note"], key)
    proof = hashes(earlier["proof"])
    if not tree.verify_consistency(old.size, head.size, old.root, head.root, proof):
        raise ValueError("the log does not continue the older note")


asked = json.load(sys.stdin)
try:
    check(asked["key"], asked["bundle"])
    print("accepted")
except ValueError as error:
    print(error)
