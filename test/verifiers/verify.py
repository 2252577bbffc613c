#!/usr/bin/env python3
"""Checks a file of evidence of a Savoirs log. Written from docs/audit/format.md alone; Python 3.8 or later, standard library only.

usage: verify.py FILE [--key KEY] [--witness KEY]...     exit code 0: it proves its events; 1: it proves nothing
       verify.py --lines     reads paths from stdin, answers "ok" or "refused: why" for each, in one line
"""

import base64
import hashlib
import json
import re
import sys

FORM = "savoirs evidence 1"
SAFE = 2**53 - 1


class Refused(Exception):
    pass


def need(holds, why):
    if not holds:
        raise Refused(why)


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519 (RFC 8032): points in extended coordinates
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    result = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def is_same(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(key, message, signature):
    if len(signature) != 64:
        return False
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return is_same(times(s, BASE), add(r, times(h, public)))


def from_base64(text, why):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused(why) from None
    need(base64.b64encode(data).decode() == text, why)
    return data


def read_key(text, kind, field):
    parts = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", text)
    need(parts, field + ": is no verifier key")
    name, told, encoded = parts.groups()
    data = from_base64(encoded, field + ": is not in base64")
    need(len(data) == 33 and data[0] == kind, field + ": is a key of another kind")
    identity = sha256(name.encode() + b"\n" + data)[:4]
    need(identity.hex() == told, field + ": its id is not that of its name and key")
    return {"name": name, "id": identity, "kind": kind, "key": data[1:]}


def read_note(whole):
    end = whole.rfind("\n\n")
    need(end != -1 and whole.endswith("\n"), "checkpoint: is no signed note")
    need(not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", whole), "checkpoint: holds a character that is not allowed")
    signatures = []
    for line in whole[end + 2 : -1].split("\n"):
        parts = re.fullmatch(r"\u2014 ([^+\s]+) (\S+)", line)
        need(parts, "checkpoint: a line under it is no signature")
        data = from_base64(parts.group(2), "checkpoint: a signature is not in base64")
        need(len(data) > 4, "checkpoint: a signature is too short")
        signatures.append((parts.group(1), data[:4], data[4:]))
    need(len(signatures) <= 100, "checkpoint: has too many signatures")
    return whole[: end + 1], signatures


def is_signed(key, text, signature):
    message = text.encode()
    if key["kind"] == 4:
        if len(signature) <= 8:
            return False
        message = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[:8], "big") + message
        signature = signature[8:]
    return is_signature(key["key"], message, signature)


def read_checkpoint(whole, keys):
    text, signatures = read_note(whole)
    lines = text[:-1].split("\n")
    need(len(lines) >= 3, "checkpoint: is none")
    origin, size, root, *others = lines
    need(origin == keys[0]["name"], "checkpoint: is of a log of another name")
    need(re.fullmatch(r"0|[1-9][0-9]{0,15}", size) and int(size) <= SAFE, "checkpoint: has no size")
    root = from_base64(root, "checkpoint: its root is not in base64")
    need(len(root) == 32 and "" not in others, "checkpoint: is none")
    for key in keys:
        own = [signature for name, identity, signature in signatures if (name, identity) == (key["name"], key["id"])]
        need(own, "checkpoint: lacks the signature of " + key["name"])
        need(all(is_signed(key, text, signature) for signature in own), "checkpoint: a signature is wrong")
    return int(size), root


def is_included(size, root, index, leaf_hash, proof):
    if index >= size:
        return False
    f, s, result = index, size - 1, leaf_hash
    for sibling in proof:
        if s == 0:
            return False
        if f % 2 == 1 or f == s:
            result = sha256(b"\x01" + sibling + result)
            while f % 2 == 0 and f != 0:
                f, s = f // 2, s // 2
        else:
            result = sha256(b"\x01" + result + sibling)
        f, s = f // 2, s // 2
    return s == 0 and result == root


def leaf_hash_of(event):
    data_hash = bytes.fromhex(event["dataHash"]) if "dataHash" in event else sha256(event["data"].encode())
    content = sha256(sha256(event["meta"].encode()) + data_hash).hex()
    leaf = {"content": content, "leaf": 1}
    leaf.update({name: event[name] for name in ("id", "ordinal", "revision", "stream", "type", "version")})
    return sha256(b"\x00" + json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


def members(value, field, names):
    need(isinstance(value, dict) and set(value) <= set(names), field + ": has other members than the format")
    return value


def is_number(value):
    return (type(value) is int or (type(value) is float and value.is_integer())) and 0 <= value <= SAFE


def numbers(value, field):
    need(isinstance(value, list) and all(is_number(each) for each in value), field + ": is no list of whole numbers")
    return [int(each) for each in value]


def is_texts(value):
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


NUMBERS, TEXTS = ("ordinal", "revision", "version"), ("stream", "id", "type", "meta")


def check_form(event, field):
    members(event, field, NUMBERS + TEXTS + ("data", "dataHash", "proof"))
    for name in NUMBERS:
        need(is_number(event.get(name)), f"{field}.{name}: is no whole number")
        event[name] = int(event[name])
    for name in TEXTS:
        need(isinstance(event.get(name), str), f"{field}.{name}: is no text")
    need(("data" in event) != ("dataHash" in event), field + ": has either data or dataHash")
    shown = event["data"] if "data" in event else event["dataHash"]
    need(isinstance(shown, str), field + ": its data is no text")
    need("data" in event or re.fullmatch("[0-9a-f]{64}", shown), field + ".dataHash: is no SHA-256")
    need(is_texts(event.get("proof")), field + ".proof: is no list of texts")


def versions_of(events):
    policies, schemas = set(), {}
    for event in events:
        try:
            told = json.loads(event["meta"], parse_constant=no_number)
        except (ValueError, RecursionError):
            raise Refused("events: a meta is no JSON") from None
        version = told.get("policyVersion") if isinstance(told, dict) else None
        if type(version) in (int, float):
            policies.add(version)
        schemas.setdefault(event["type"], set()).add(event["version"])
    return {"policies": sorted(policies), "schemas": {name: sorted(all_of) for name, all_of in schemas.items()}}


def no_number(_):
    raise ValueError


def verify(text, key=None, witnesses=()):
    try:
        bundle = json.loads(text, parse_constant=no_number)
    except (ValueError, RecursionError):
        raise Refused("file: is no JSON") from None
    members(bundle, "file", ("bundle", "key", "witnesses", "checkpoint", "versions", "events"))
    need(bundle.get("bundle") == FORM, "bundle: is of another form")
    need(isinstance(bundle.get("key"), str) and isinstance(bundle.get("checkpoint"), str), "file: lacks a text")
    need(is_texts(bundle.get("witnesses")), "witnesses: is no list of texts")
    need(key in (None, bundle["key"]), "key: is not the one that you trust")
    need(set(witnesses) <= set(bundle["witnesses"]), "witnesses: lack one that you ask for")
    need(len(set(bundle["witnesses"])) == len(bundle["witnesses"]), "witnesses: names one twice")
    events = bundle.get("events")
    need(isinstance(events, list) and events, "events: are none")
    keys = [read_key(bundle["key"], 1, "key")] + [read_key(each, 4, "witnesses") for each in bundle["witnesses"]]
    size, root = read_checkpoint(bundle["checkpoint"], keys)
    before, revisions = 0, {}
    for at, event in enumerate(events):
        field = f"events[{at}]"
        check_form(event, field)
        need(event["ordinal"] > before, field + ".ordinal: is not after the one before")
        need(event["revision"] > revisions.get(event["stream"], -1), field + ".revision: is not after the one before")
        before, revisions[event["stream"]] = event["ordinal"], event["revision"]
        proof = [from_base64(each, field + ".proof: is not in base64") for each in event["proof"]]
        need(all(len(each) == 32 for each in proof), field + ".proof: holds what is no hash")
        need(is_included(size, root, event["ordinal"] - 1, leaf_hash_of(event), proof), field + ": is not in the tree")
    told = members(bundle.get("versions"), "versions", ("policies", "schemas"))
    need(isinstance(told.get("schemas"), dict), "versions.schemas: is no object")
    schemas = {name: numbers(each, "versions.schemas") for name, each in told["schemas"].items()}
    told = {"policies": numbers(told.get("policies"), "versions.policies"), "schemas": schemas}
    need(told == versions_of(events), "versions: are not those of the events")
    return f"{len(events)} events stood in the log {keys[0]['name']} as they stand here when it had {size} events; signed by {len(keys)}"


def judged(path, **known):
    try:
        with open(path, encoding="utf-8") as file:
            return True, verify(file.read(), **known)
    except (Refused, UnicodeError) as refused:
        return False, str(refused)


def main(arguments):
    if arguments == ["--lines"]:
        for path in sys.stdin:
            proven, why = judged(path.rstrip("\n"))
            print("ok" if proven else "refused: " + why.replace("\n", " "), flush=True)
        return 0
    options = {"--key": [], "--witness": []}
    paths = []
    while arguments:
        first = arguments.pop(0)
        (options[first].append(arguments.pop(0)) if first in options and arguments else paths.append(first))
    if len(paths) != 1:
        print(__doc__, file=sys.stderr)
        return 64
    proven, why = judged(paths[0], key=(options["--key"] or [None])[-1], witnesses=options["--witness"])
    print(why, file=sys.stdout if proven else sys.stderr)
    return 0 if proven else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
