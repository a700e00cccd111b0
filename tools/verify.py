#!/usr/bin/env python3
"""Verifies Bayway evidence bundles, of exchanges and of refusals, offline: the second implementation of docs/evidence-bundle.md.

    tools/verify.py --roots ROOTS.json BUNDLE    exit 0 and a line, or exit 1 and the first thing wrong
    tools/verify.py --batch                      base64 of ROOTS.json and of a bundle a line in, a verdict a line out
    tools/verify.py --vectors FILE               the C2SP vectors (c2sp-vectors.json)

ROOTS.json: {"cn": JWK, "hk": JWK, "mo": JWK}, the pinned roots. Needs Python 3.9 and the package `cryptography`.
"""
import base64
import functools
import hashlib
import hmac
import json
import re
import struct
import sys
from datetime import datetime, timedelta, timezone

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
except ImportError:
    sys.exit("verify.py: the Python package `cryptography` is missing (pip install cryptography, or Debian's python3-cryptography)")

SIDES = ("cn", "hk", "mo")
MAX_SAFE = 2**53 - 1
NAMES = {
    1: "size", 2: "characters", 3: "canonical", 4: "shape", 5: "key-header", 6: "key-signature", 7: "key-entry",
    8: "log-signature", 9: "cosignature", 10: "key-logged", 11: "header", 12: "signer", 13: "signature", 14: "claims",
    15: "signer-allowed", 16: "link", 17: "witnesses", 18: "logged", 19: "order",
    20: "unused",
}  # fmt: skip


class Fault(Exception):
    """The first check that fails, and where."""

    def __init__(self, check, at, detail):
        super().__init__(f"check {check} ({NAMES[check]}) at `{at}`: {detail}")
        self.check, self.at = check, at


def require(holds, check, at, detail):
    if not holds:
        raise Fault(check, at, detail)


# Encodings


def sha(data):
    return hashlib.sha256(data).digest()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def digest(text):
    return b64(sha(text.encode()))


def is_b64(value, size=None):
    """Strict base64url: the one form of some bytes (of `size` bytes)."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", value) or len(value) % 4 == 1:
        return False
    data = unb64(value)
    return b64(data) == value and (size is None or len(data) == size)


def canonical(value):
    """RFC 8785 for printable ASCII strings and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


# Signatures


@functools.lru_cache(maxsize=4096)
def es256(x, y, signed, signature):
    """Whether the P-256 key signed these bytes (r || s)."""
    try:
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(unb64(x), "big"), int.from_bytes(unb64(y), "big"), ec.SECP256R1())
        r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
        numbers.public_key().verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        return True
    except (InvalidSignature, ValueError):
        return False


@functools.lru_cache(maxsize=4096)
def eddsa(key, signed, signature):
    """Whether the Ed25519 key signed these bytes."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
        return True
    except (InvalidSignature, ValueError):
        return False


# Merkle trees (RFC 9162)


def leaf_hash(entry):
    return sha(b"\0" + entry)


def node_hash(left, right):
    return sha(b"\1" + left + right)


def included(leaf, index, size, proof, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn & 1 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistent(first, second, first_root, second_root, proof):
    """RFC 9162 section 2.1.4.2."""
    if first > second:
        return False
    if first == 0 or first == second:
        return not proof and (first == 0 or first_root == second_root)
    if not proof:
        return False
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn & 1 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


def tree_root(leaves):
    """Root by its definition (RFC 6962 section 2.1)."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(tree_root(leaves[:k]), tree_root(leaves[k:]))


# The bytes: checks 1 to 4


def unique(pairs):
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a member is named twice")
    return value


def refuse(_text):
    raise ValueError("not a whole number")


def is_plain(value, depth=1):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return True
    if isinstance(value, int):
        return 0 <= value <= MAX_SAFE
    if depth > 8:
        return False
    if isinstance(value, dict):
        return all(re.fullmatch("[A-Za-z]+", name) and is_plain(member, depth + 1) for name, member in value.items())
    return all(is_plain(member, depth + 1) for member in value)


def read_bytes(data):
    require(1 <= len(data) <= 200_000, 1, "", "not 1 to 200000 bytes")
    require(all(0x20 <= byte <= 0x7E and byte != 0x5C for byte in data), 2, "", "a byte is not allowed")
    text = data.decode("ascii")
    try:
        value = json.loads(text, object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)
        plain = is_plain(value) and canonical(value) == text
    except (ValueError, RecursionError):
        plain = False
    require(plain, 3, "", "not canonical JSON")
    require(is_exchange(value) or is_refusal(value), 4, "", "not of the format")
    return value


AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
OBJECTS = ("request", "importerAssessment", "exporterAssessment", "consentReceipt", "permit", "release", "deliveryReceipt")
# Entries in the order in which they are checked, with the role of the side whose log holds each.
ENTRIES = {
    "requestMade": "importer", "importerAssessed": "importer", "requestArrived": "exporter", "exporterAssessed": "exporter",
    "consentGiven": "exporter", "permitIssued": "exporter", "releaseMade": "exporter", "releaseKnown": "importer",
    "deliveryMade": "importer", "deliveryReceipted": "importer", "receiptArrived": "exporter",
}  # fmt: skip
# The same of a refusal. `ended` is in the log of the side that ended it.
ASSESSED = ("request", "importerAssessment", "exporterAssessment")
REFUSED_ENTRIES = ("requestMade", "importerAssessed", "requestArrived", "exporterAssessed", "ended", "endKnown")


def matches(pattern):
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


SLUG = matches("[a-z][a-z0-9-]{1,39}")
ID = matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_at(value):
    return isinstance(value, str) and AT.fullmatch(value) is not None


def is_whole(value, low=0, high=MAX_SAFE):
    """A whole number by its value; payloads may write it as `1.0`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return low <= value <= high and value == int(value)


def is_object(value, shape, optional=()):
    """An object with exactly these members, each as its test says."""
    if not isinstance(value, dict) or not set(value) <= set(shape):
        return False
    return all(name in value and test(value[name]) or name not in value and name in optional for name, test in shape.items())


def is_array(value, low, high, test):
    return isinstance(value, list) and low <= len(value) <= high and all(test(member) for member in value)


def is_jws(value):
    parts = value.split(".") if isinstance(value, str) and len(value) <= 64_000 else []
    return len(parts) == 3 and all(is_b64(part) for part in parts) and len(parts[2]) == 86


def is_32(value):
    return is_b64(value, 32)


def is_64(value):
    return is_b64(value, 64)


PLACE = {"index": is_whole, "proof": lambda value: is_array(value, 0, 53, is_32)}
ENTRY = {"at": is_at, "salt": is_32, **PLACE}


def is_side(value):
    return isinstance(value, str) and value in SIDES


def is_entry(value):
    return is_object(value, ENTRY)


def is_cosignature(value):
    return is_object(value, {"by": is_side, "kid": is_32, "time": lambda v: is_whole(v, 0, 253402300799), "signature": is_64})


def is_checkpoint(value):
    shape = {"size": lambda v: is_whole(v, 1), "root": is_32, "kid": is_32, "signature": is_64}
    return is_object(value, {**shape, "cosignatures": lambda v: is_array(v, 0, 2, is_cosignature)})


def is_key_line(value):
    return is_object(value, {"line": is_jws, "entered": is_entry}, optional=("entered",))


def shared_shape(format_):
    def sides(test):
        return lambda v: is_object(v, {side: test for side in SIDES}, optional=SIDES)

    return {
        "format": lambda v: v == format_,
        "checkpoints": sides(is_checkpoint),
        "keys": sides(lambda v: is_array(v, 1, 200, is_key_line)),
    }


def is_exchange(value):
    objects = {**{name: is_jws for name in OBJECTS}, "acts": lambda v: is_array(v, 1, 10, is_jws)}
    entries = {name: is_entry for name in ENTRIES}
    entries["releaseKnown"] = lambda v: is_object(v, PLACE)
    shape = {"objects": lambda v: is_object(v, objects), "entries": lambda v: is_object(v, entries)}
    return is_object(value, {**shared_shape("urn:bayway:evidence-bundle:1"), **shape})


def is_short(value):
    return isinstance(value, str) and 1 <= len(value) <= 60


def is_refusal(value):
    """The bundle of a refusal, with the entries that its end calls for."""
    objects = {name: is_jws for name in ASSESSED}
    entries = {name: is_entry for name in REFUSED_ENTRIES}
    refusal = {
        "dataRequestId": ID, "by": lambda v: v in ("importer", "exporter"),
        "outcome": lambda v: v in ("refused", "failed", "cancelled"),
        "problem": lambda v: is_short(v) and re.fullmatch("[a-z]+(-[a-z]+)*", v) is not None, "rule": is_short,
    }  # fmt: skip
    shape = {
        "objects": lambda v: is_object(v, objects, optional=("exporterAssessment",)),
        "refusal": lambda v: is_object(v, refusal, optional=("rule",)),
        "entries": lambda v: is_object(v, entries, optional=("requestArrived", "exporterAssessed", "endKnown")),
    }
    if not is_object(value, {**shared_shape("urn:bayway:refusal-bundle:1"), **shape}):
        return False
    arrived, known, decided = (name in value["entries"] for name in ("requestArrived", "endKnown", "exporterAssessed"))
    end, assessed = value["refusal"], "exporterAssessment" in value["objects"]
    fits = (arrived, decided) == (known, assessed) and (arrived or not assessed)
    return fits and (end["by"] == "importer" or (arrived and end["outcome"] != "cancelled"))


# The keys: checks 5 to 7


def payload(jws):
    """The JSON value of a payload, or None."""
    try:
        return json.loads(unb64(jws.split(".")[1]).decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError):
        return None


def signed_by(key, jws):
    head, _, signature = jws.rpartition(".")
    return es256(key["x"], key["y"], head.encode(), unb64(signature))


HEADER = re.compile(rb'"alg":"ES256","kid":"([A-Za-z0-9_-]{43})","typ":"([a-z0-9+.-]{1,60})"')


def header_of(jws):
    """Type and key id of a header with exactly the three members, in any order; None for other bytes."""
    data = unb64(jws.split(".")[0])
    if len(data) > 300 or not (data.startswith(b"{") and data.endswith(b"}")):
        return None
    match = HEADER.fullmatch(b",".join(sorted(data[1:-1].split(b","))))
    return match and (match[2].decode(), match[1].decode())


def thumbprint(key):
    return digest(f'{{"crv":"P-256","kty":"EC","x":"{key["x"]}","y":"{key["y"]}"}}')


OWNER = re.compile(r"(hk|mo|cn)/[a-z]+(/[a-z][a-z0-9-]{1,39})?")


def is_root(value):
    return is_object(value, {"kty": lambda v: v == "EC", "crv": lambda v: v == "P-256", "x": is_32, "y": is_32})


def is_line(value):
    def at_or_none(v):
        return v is None or is_at(v)

    shape = {
        "jurisdiction": is_side, "index": lambda v: is_whole(v, 0, 1_000_000), "previous": lambda v: v is None or is_32(v),
        "owner": lambda v: isinstance(v, str) and OWNER.fullmatch(v) is not None, "kid": is_32,
        "use": lambda v: v in ("sig", "log", "witness"), "key": lambda v: isinstance(v, dict),
        "from": is_at, "to": at_or_none, "revokedAt": at_or_none,
    }  # fmt: skip
    if not is_object(value, shape):
        return False
    if value["use"] == "sig":
        return is_root(value["key"])
    return is_object(value["key"], {"kty": lambda v: v == "OKP", "crv": lambda v: v == "Ed25519", "x": is_32})


def read_keys(bundle, pins):
    lines = []
    for side in SIDES:
        expected = ("key-directory-entry+jwt", thumbprint(pins[side]))
        last = -1
        for i, item in enumerate(bundle["keys"].get(side, [])):
            at, jws = f"/keys/{side}/{i}", item["line"]
            require(header_of(jws) == expected, 5, at, "not a directory line that names the pinned root")
            require(signed_by(pins[side], jws), 6, at, "not signed by the pinned root")
            line = payload(jws)
            require(is_line(line), 7, at, "line has another shape")
            own = line["jurisdiction"] == side and line["owner"].startswith(side + "/")
            require(own, 7, at, "line of another jurisdiction")
            require(line["index"] > last, 7, at, "lines are not in order")
            require((line["use"] == "sig") == ("entered" in item), 7, at, "place in the log is missing, or not called for")
            last = line["index"]
            lines.append({**line, "index": int(line["index"]), "jws": jws, "at": at, "entered": item.get("entered")})
    return lines


def key_of(lines, kid, use):
    """The last line about a key, if it is for this use."""
    found = [line for line in lines if line["kid"] == kid]
    return found[-1] if found and found[-1]["use"] == use else None


def is_valid_at(line, seconds):
    moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(seconds))
    text = f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}.000Z"
    return line["from"][:19] <= text[:19] and all(line[end] is None or text < line[end] for end in ("to", "revokedAt"))


# The checkpoints: checks 8 to 10


def checkpoint_text(origin, size, root):
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def verify_checkpoints(bundle, lines):
    for side in SIDES:
        checkpoint = bundle["checkpoints"].get(side)
        if checkpoint is None:
            continue
        at = f"/checkpoints/{side}"
        text = checkpoint_text(f"bayway.example/evidence/{side}", checkpoint["size"], unb64(checkpoint["root"]))
        key = key_of(lines, checkpoint["kid"], "log")
        require(key and key["owner"] == f"{side}/evidence", 8, at, "log key is not in the directory")
        signed = eddsa(unb64(key["key"]["x"]), text.encode(), unb64(checkpoint["signature"]))
        require(signed, 8, at, "not signed by its log")
        cosignatures = checkpoint["cosignatures"]
        first = min((c["time"] for c in cosignatures), default=None)
        require(first is None or is_valid_at(key, first), 8, at, "log key was not valid then")
        before = ""
        for i, cosignature in enumerate(cosignatures):
            verify_cosignature(side, text, {**cosignature, "at": f"{at}/cosignatures/{i}", "before": before}, lines)
            before = cosignature["by"]


def verify_cosignature(side, text, cosignature, lines):
    at, by, time = cosignature["at"], cosignature["by"], cosignature["time"]
    require(by != side and by > cosignature["before"], 9, at, "a log does not witness itself, and each witness signs once")
    key = key_of(lines, cosignature["kid"], "witness")
    require(key and key["owner"] == f"{by}/evidence", 9, at, "witness key is not in the directory")
    message = f"cosignature/v1\ntime {time}\n{text}".encode()
    require(eddsa(unb64(key["key"]["x"]), message, unb64(cosignature["signature"])), 9, at, "not signed by the witness")
    require(is_valid_at(key, time), 9, at, "witness key was not valid then")


def commitment(record, entry):
    return hmac.new(unb64(entry["salt"]), canonical({**record, "at": entry["at"]}).encode(), hashlib.sha256).digest()


def is_logged(bundle, side, place, committed):
    checkpoint = bundle["checkpoints"].get(side)
    if checkpoint is None:
        return False
    proof = [unb64(hash_) for hash_ in place["proof"]]
    return included(leaf_hash(committed), place["index"], checkpoint["size"], proof, unb64(checkpoint["root"]))


def verify_lines(bundle, lines):
    for line in lines:
        entry = line["entered"]
        if entry is None:
            continue
        record = {"type": "key.entered", **{name: line[name] for name in ("index", "owner", "use", "kid")}}
        record["line"] = digest(line["jws"])
        logged = is_logged(bundle, line["jurisdiction"], entry, commitment(record, entry))
        require(logged, 10, line["at"], "its record is not at this place in the log")


# The objects: checks 11 to 15


def is_text(value):
    return isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) <= 2_000


def seconds(value):
    return is_whole(value, 0, 4_102_444_800)


def has(**shape):
    """An object with at least these members."""
    return lambda value: isinstance(value, dict) and all(name in value and test(value[name]) for name, test in shape.items())


def several(low, high, test):
    return lambda value: is_array(value, low, high, test)


ASSESSMENT = has(
    iss=is_text, iat=seconds, stage=is_text, requestDigest=is_32, outcome=is_text, proceeds=lambda v: isinstance(v, bool),
    because=several(0, 200, is_text), factsDigest=is_32, pack=has(version=is_text, digest=is_32),
)  # fmt: skip
KINDS = {
    "request": ("data-request+jwt", has(
        iss=SLUG, aud=is_text, iat=seconds, request_id=ID, dataset=SLUG, exporter=is_side, holder=SLUG,
        items=several(1, 50, is_text), purpose=has(code=is_text), consent_id=ID, subject_handle=is_32,
    )),
    "importerAssessment": ("assessment+jwt", ASSESSMENT),
    "exporterAssessment": ("assessment+jwt", ASSESSMENT),
    "consentReceipt": ("consent-receipt+jwt", has(
        iss=is_text, iat=seconds, schema=is_text, consentId=ID, state=is_text, exporter=is_text, importer=is_text, flowId=ID,
        subject=has(handle=is_32), notice=has(askId=ID, askDigest=is_32, shown=is_32, language=is_text),
        processing=has(dataset=is_text, purpose=has(code=is_text), items=several(0, 50, has(id=is_text))),
        holder=has(id=is_text), recipient=has(id=is_text),
        acts=several(0, 10, has(kind=is_text, answer=is_text, digest=is_32)),
    )),
    "act": ("consent-act+jwt", has(
        iss=is_text, iat=seconds, askId=is_text, askDigest=is_text, shownDigest=is_text, language=is_text, act=is_text,
        answer=is_text, subject=has(handle=is_text),
    )),
    "permit": ("permit+jwt", has(
        iss=is_text, iat=seconds, exp=seconds, consentId=is_text, dataRequestId=ID, holder=is_text, requestDigest=is_text,
        importerAssessmentDigest=is_text, exporterAssessmentDigest=is_text, use=lambda v: is_whole(v, 1),
    )),
    "release": ("release+jwt", has(
        iss=is_text, iat=seconds, dataRequestId=is_text, consentId=is_text, requestDigest=is_text, permitDigest=is_text,
        ciphertextDigest=is_32, recordDigest=is_32,
    )),
    "deliveryReceipt": ("delivery-receipt+jwt", has(
        iss=is_text, iat=seconds, dataRequestId=is_text, ciphertextDigest=is_text, recordDigest=is_text,
    )),
}  # fmt: skip


def read_object(kind, jws, at, lines, signer):
    """Claims of a signed object with its digest. `signer` names its owner, given the claims."""
    typ, shape = KINDS[kind]
    header = header_of(jws)
    require(header and header[0] == typ, 11, at, "header is not the one of its type")
    key = key_of(lines, header[1], "sig")
    require(key, 12, at, "signing key is not in the bundle")
    require(signed_by(key["key"], jws), 13, at, "signature does not fit the bytes")
    claims = payload(jws)
    require(shape(claims), 14, at, "claims have another shape")
    require(key["owner"] == signer(claims), 15, at, "signed by somebody who may not sign it")
    require(is_valid_at(key, claims["iat"]), 15, at, "signing key was not valid then")
    return {**claims, "#": digest(jws)}


def importer_of(claims):
    return next((side for side in SIDES if claims["aud"] == f"urn:bayway:{side}:broker"), "")


def by_partner(claims):
    return f"{importer_of(claims)}/participant/{claims['iss']}"


def read_request(objects, lines):
    """The request and the assessments that are there."""
    request = read_object("request", objects["request"], "/objects/request", lines, by_partner)
    x = {"importer": importer_of(request), "exporter": request["exporter"], "request": request}
    for role in ("importer", "exporter"):
        name = role + "Assessment"
        if name in objects:
            x[name] = read_object(name, objects[name], f"/objects/{name}", lines, lambda _claims, by=x[role]: f"{by}/broker")
    return x


def read_objects(bundle, lines):
    objects = bundle["objects"]
    x = read_request(objects, lines)
    exporter = x["exporter"]

    def read(name, owner):
        return read_object(name, objects[name], f"/objects/{name}", lines, lambda _claims: owner)

    x["consentReceipt"] = read("consentReceipt", f"{exporter}/consent")
    x["acts"] = [
        read_object("act", act, f"/objects/acts/{i}", lines, lambda _claims: f"{exporter}/identity")
        for i, act in enumerate(objects["acts"])
    ]
    x["permit"] = read("permit", f"{exporter}/consent")
    x["release"] = read("release", f"{exporter}/participant/{x['request']['holder']}")
    x["deliveryReceipt"] = read("deliveryReceipt", by_partner(x["request"]))
    return x


# The exchange: checks 16 to 19


def links(x):
    """Per object: what must hold, in order."""
    q, r, p, s, d = x["request"], x["consentReceipt"], x["permit"], x["release"], x["deliveryReceipt"]
    for role in ("importer", "exporter"):
        a = x[role + "Assessment"]
        yield role + "Assessment", a["iss"] == f"{x[role]}/broker" and a["stage"] == "release" and a["requestDigest"] == q["#"]
        yield role + "Assessment", a["outcome"] == "permit" and a["proceeds"]
    items = [item["id"] for item in r["processing"]["items"]]
    yield "consentReceipt", r["iss"] == f"{x['exporter']}/consent" and r["schema"] == "urn:bayway:consent-receipt:2"
    yield "consentReceipt", r["state"] in ("given", "renewed") and r["consentId"] == q["consent_id"]
    yield "consentReceipt", (r["exporter"], r["importer"]) == (x["exporter"], x["importer"])
    yield "consentReceipt", r["flowId"] == q["request_id"] and r["subject"]["handle"] == q["subject_handle"]
    yield "consentReceipt", r["holder"]["id"] == q["holder"] and r["recipient"]["id"] == q["iss"]
    yield "consentReceipt", r["processing"]["dataset"] == q["dataset"]
    yield "consentReceipt", r["processing"]["purpose"]["code"] == q["purpose"]["code"]
    yield "consentReceipt", all(item in items for item in q["items"]) and len(r["acts"]) == len(x["acts"])
    notice = r["notice"]
    for i, act in enumerate(x["acts"]):
        named = r["acts"][i]
        yield f"acts/{i}", act["iss"] == f"{x['exporter']}/identity" and named["digest"] == act["#"]
        yield f"acts/{i}", (named["kind"], named["answer"]) == (act["act"], act["answer"]) and act["answer"] == "agree"
        yield f"acts/{i}", (act["askId"], act["askDigest"]) == (notice["askId"], notice["askDigest"])
        yield f"acts/{i}", (act["shownDigest"], act["language"]) == (notice["shown"], notice["language"])
        yield f"acts/{i}", act["subject"]["handle"] == r["subject"]["handle"]
    yield "permit", p["iss"] == f"{x['exporter']}/consent" and p["consentId"] == q["consent_id"]
    yield "permit", p["holder"] == q["holder"] and p["requestDigest"] == q["#"]
    yield "permit", p["importerAssessmentDigest"] == x["importerAssessment"]["#"]
    yield "permit", p["exporterAssessmentDigest"] == x["exporterAssessment"]["#"]
    yield "permit", 0 <= p["exp"] - p["iat"] <= 10 and r["iat"] <= p["iat"]
    yield "release", s["iss"] == q["holder"] and s["dataRequestId"] == p["dataRequestId"]
    yield "release", s["consentId"] == q["consent_id"] and s["requestDigest"] == q["#"] and s["permitDigest"] == p["#"]
    yield "release", p["iat"] - 60 <= s["iat"] <= p["exp"] + 60
    yield "deliveryReceipt", d["iss"] == q["iss"] and d["dataRequestId"] == p["dataRequestId"]
    yield "deliveryReceipt", all(d[name] == s[name] for name in ("ciphertextDigest", "recordDigest"))


def permits(assessment):
    return assessment["outcome"] == "permit" and assessment["proceeds"]


def refusal_links(x, refusal):
    """The same of a refusal."""
    for role in ("importer", "exporter"):
        a = x.get(role + "Assessment")
        if a:
            of_this = a["iss"] == f"{x[role]}/broker" and a["stage"] == "release" and a["requestDigest"] == x["request"]["#"]
            yield "/objects/" + role + "Assessment", of_this
    yield "/objects/importerAssessment", not x["abroad"] or permits(x["importerAssessment"])
    decided = x.get(refusal["by"] + "Assessment")
    yield "/refusal", "rule" not in refusal or (decided is not None and not permits(decided))


def verify_witnesses(bundle, concerned):
    for side in SIDES:
        at, checkpoint = f"/checkpoints/{side}", bundle["checkpoints"].get(side)
        require((checkpoint is not None) == (side in concerned), 17, at, "a checkpoint of each side concerned, and no other")
        if checkpoint is None:
            continue
        by = [cosignature["by"] for cosignature in checkpoint["cosignatures"]]
        witnessed = by and all(other in by for other in concerned if other != side)
        require(witnessed, 17, at, "not witnessed by the other side of the corridor")


def assessed(x, a):
    record = {"type": "assessment.made", "flowId": x["request"]["request_id"], "stage": "release"}
    digests = {"requestDigest": x["request"]["#"], "factsDigest": a["factsDigest"], "packDigest": a["pack"]["digest"]}
    return {**record, **digests, "assessment": a["#"], "outcome": a["outcome"]}


def asked(x, data_request_id):
    """What each side records of a request when it has it, and of its assessment."""
    q, a = x["request"], x["importerAssessment"]
    one = {"dataRequestId": data_request_id, "requestDigest": q["#"]}
    return {
        "requestMade": {"type": "request.made", **one, "consentId": q["consent_id"], "exporter": x["exporter"], "recipient": q["iss"]},
        "importerAssessed": assessed(x, a),
        "requestArrived": {"type": "request.arrived", **one, "importer": x["importer"], "assessment": a["#"]},
    }


def refusal_records(x, refusal):
    """The record of each entry of a refusal with the side whose log holds it, without its time."""
    made, importer, exporter = asked(x, refusal["dataRequestId"]), x["importer"], x["exporter"]
    end = {"type": "request." + refusal["outcome"], "problem": refusal["problem"], "rule": refusal.get("rule")}
    end.update(dataRequestId=refusal["dataRequestId"], requestDigest=x["request"]["#"])
    theirs = x.get("exporterAssessment")
    at_importer, at_exporter = end, {**end, "importerAssessment": x["importerAssessment"]["#"]}
    yield "requestMade", importer, made["requestMade"]
    yield "importerAssessed", importer, made["importerAssessed"]
    if x["abroad"]:
        yield "requestArrived", exporter, made["requestArrived"]
    if theirs:
        yield "exporterAssessed", exporter, assessed(x, theirs)
    if refusal["by"] == "exporter":
        yield "ended", exporter, at_exporter
        yield "endKnown", importer, {**at_importer, "assessment": theirs and theirs["#"]}
        return
    yield "ended", importer, at_importer
    if x["abroad"]:
        yield "endKnown", exporter, at_exporter


def records(x):
    """The record of each entry of an exchange, without its time."""
    q, p, s, d = x["request"], x["permit"], x["release"], x["deliveryReceipt"]
    one = {"dataRequestId": p["dataRequestId"], "requestDigest": q["#"]}
    digests = {name + "Digest": x[name]["#"] for name in ("importerAssessment", "exporterAssessment", "permit")}
    about = {**one, **digests, "consentId": q["consent_id"]}
    cipher = {"ciphertextDigest": s["ciphertextDigest"]}
    both = {**cipher, "recordDigest": s["recordDigest"]}
    made = {"type": "release.made", **about, **both, "releaseDigest": s["#"]}
    receipted = {"type": "delivery.receipted", "dataRequestId": p["dataRequestId"], "receipt": d["#"], **both}
    given = {"type": "consent.given", "consentId": q["consent_id"], "askId": x["consentReceipt"]["notice"]["askId"]}
    return {
        **asked(x, p["dataRequestId"]),
        "exporterAssessed": assessed(x, x["exporterAssessment"]),
        "consentGiven": {**given, "state": x["consentReceipt"]["state"], "cause": "redemption", "receiptDigest": x["consentReceipt"]["#"]},
        "permitIssued": {"type": "permit.issued", **about, "use": int(p["use"])},
        "releaseMade": made,
        "releaseKnown": made,
        "deliveryMade": {"type": "delivery.made", **one, **cipher},
        "deliveryReceipted": receipted,
        "receiptArrived": receipted,
    }


def verify_entries(bundle, claimed, lines):
    """`claimed`: name, side and record of each entry, in the order in which they are checked."""
    entries = bundle["entries"]
    for name, side, record in claimed:
        seal = entries["releaseMade" if name == "releaseKnown" else name]
        logged = is_logged(bundle, side, entries[name], commitment(record, seal))
        require(logged, 18, f"/entries/{name}", "its record is not at this place in the log")
    for line in lines:
        own = [entries[name]["index"] for name, side, _record in claimed if side == line["jurisdiction"]]
        early = line["entered"] is None or all(line["entered"]["index"] < index for index in own)
        require(early, 19, line["at"], "key was entered in the log after the exchange had begun")
    objects = bundle["objects"]
    signed = [jws for name, jws in objects.items() if name != "acts"] + objects.get("acts", [])
    used = {header_of(jws)[1] for jws in signed}
    for checkpoint in bundle["checkpoints"].values():
        used |= {checkpoint["kid"], *(cosignature["kid"] for cosignature in checkpoint["cosignatures"])}
    for line in lines:
        require(line["kid"] in used, 20, line["at"], "key has signed nothing here")


def verify_bundle(data, pins):
    """The exchange, or the refusal, that the bytes prove. Raises Fault."""
    bundle = read_bytes(data)
    lines = read_keys(bundle, pins)
    verify_checkpoints(bundle, lines)
    verify_lines(bundle, lines)
    refusal = bundle.get("refusal")
    if refusal:
        x = {**read_request(bundle["objects"], lines), "refusal": refusal, "abroad": "requestArrived" in bundle["entries"]}
        found = refusal_links(x, refusal)
    else:
        x = read_objects(bundle, lines)
        found = ((f"/objects/{name}", holds) for name, holds in links(x))
    for at, holds in found:
        require(holds, 16, at, "objects do not belong together")
    if refusal:
        claimed = list(refusal_records(x, refusal))
    else:
        kept = records(x)
        claimed = [(name, x[role], kept[name]) for name, role in ENTRIES.items()]
    concerned = {x["importer"], x["exporter"]} if not refusal or x["abroad"] else {x["importer"]}
    verify_witnesses(bundle, concerned)
    verify_entries(bundle, claimed, lines)
    return x


# The C2SP vectors


def read_note(note, keys):
    """Text of a signed note and the times of its cosignatures. `keys`: name -> (type, public key). Raises ValueError."""
    text, _, tail = note.rpartition("\n\n")
    text += "\n"
    times = []
    if not tail.endswith("\n"):
        raise ValueError("last line has no newline")
    for line in tail[:-1].split("\n"):
        match = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/]+={0,2})", line)
        if not match:
            raise ValueError("not a signature line")
        name, blob = match[1], base64.b64decode(match[2], validate=True)
        if name not in keys:
            continue
        type_, public = keys[name]
        if blob[:4] != sha(f"{name}\n".encode() + bytes([type_]) + public)[:4]:
            continue
        signature, message = blob[4:], text.encode()
        if type_ == 4:
            (time,), signature = struct.unpack(">Q", signature[:8]), signature[8:]
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            times.append(time)
        if not eddsa(public, message, signature):
            raise ValueError("signature does not verify")
    return text, times


def read_vkey(vkey):
    name, key_id, material = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+(.+)", vkey).groups()
    data = base64.b64decode(material, validate=True)
    if sha(f"{name}\n".encode() + data)[:4].hex() != key_id:
        raise ValueError("key id does not fit the key")
    return name, (data[0], data[1:])


def subtree_message(cosigner, time, origin, size, root):
    """What an ML-DSA-44 cosigner signs of a whole checkpoint."""
    def opaque(text):
        return bytes([len(text.encode())]) + text.encode()

    return b"subtree/v1\n\0" + opaque(cosigner) + struct.pack(">Q", time) + opaque(origin) + struct.pack(">QQ", 0, size) + root


def check_vectors(file):
    with open(file, encoding="utf-8") as stream:
        v = json.load(stream)
    leaves = [bytes.fromhex(leaf) for leaf in v["leavesHex"]]
    roots = {int(size): bytes.fromhex(root) for size, root in v["roots"].items()}
    done = []

    def check(name, holds):
        if not holds:
            sys.exit(f"verify.py: vector `{name}` does not hold")
        done.append(name)

    for size, root in roots.items():
        check(f"root {size}", tree_root(leaves[:size]) == root)
    proof = [base64.b64decode(hash_) for hash_ in v["inclusion3in8"]]
    check("inclusion 3 in 8", included(leaf_hash(leaves[3]), 3, 8, proof, roots[8]))
    for other in range(8):
        if other != 3:
            check(f"no inclusion of 3 at {other}", not included(leaf_hash(leaves[3]), other, 8, proof, roots[8]))
    for name, texts in v["consistency"].items():
        first, second = (int(part) for part in name.split("-"))
        path = [base64.b64decode(hash_) for hash_ in texts]
        check(f"consistency {name}", consistent(first, second, roots[first], roots[second], path))
        check(f"no consistency {name} short", not consistent(first, second, roots[first], roots[second], path[:-1]))
        check(f"no consistency {name} other root", not consistent(first, second, roots[second], roots[second], path))
    keys = dict(read_vkey(vkey) for vkey in (v["logVkey"], v["witness"]["vkey"]))
    for seed, name in ((v["logSeedHex"], v["origin"]), (v["witness"]["seedHex"], v["witness"]["name"])):
        private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        check(f"key of {name}", private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw) == keys[name][1])
    text, times = read_note(v["checkpointEd25519"], keys)
    check("checkpoint text", text == checkpoint_text(v["origin"], 8, roots[8]))
    check("cosignature time", times == [v["witness"]["timestamp"]])
    broken = v["checkpointEd25519"].replace("\n8\n", "\n9\n")
    try:
        read_note(broken, keys)
        check("no altered checkpoint", False)
    except ValueError:
        check("no altered checkpoint", True)
    head, _, note = v["tlogProof"].partition("\n\n")
    lines = head.split("\n")
    path = [base64.b64decode(line) for line in lines[2:]]
    check("tlog-proof", lines[:2] == ["c2sp.org/tlog-proof@v1", "index 3"] and path == proof and read_note(note, keys)[0] == text)
    message = subtree_message(v["mldsa44"]["name"], v["witness"]["timestamp"], v["origin"], 8, roots[8])
    check("ML-DSA message", message.hex() == v["mldsa44"]["cosignedMessageHex"])
    print(f"{len(done)} vectors hold")


# The command


def verdict(data, pins):
    try:
        verify_bundle(data, pins)
        return "valid"
    except Fault as fault:
        return f"{fault.check} {fault.at}"


@functools.lru_cache(maxsize=64)
def read_pins(data):
    pins = json.loads(data)
    if not is_object(pins, {side: is_root for side in SIDES}):
        sys.exit("verify.py: the pinned roots are not three P-256 keys")
    return pins


def main(args):
    if len(args) == 2 and args[0] == "--vectors":
        return check_vectors(args[1])
    if args == ["--batch"]:
        for line in sys.stdin:
            roots, bundle = (base64.b64decode(part) for part in line.rstrip("\n").split(" "))
            print(verdict(bundle, read_pins(roots)), flush=True)
        return None
    if len(args) != 3 or args[0] != "--roots":
        sys.exit(__doc__)
    with open(args[1], "rb") as stream:
        pins = read_pins(stream.read())
    with open(args[2], "rb") as stream:
        data = stream.read(200_001)
    try:
        x = verify_bundle(data, pins)
    except Fault as fault:
        sys.exit(str(fault))
    request = x["request"]
    about = f"{request['dataset']} of {x['exporter']}/{request['holder']} to {x['importer']}/{request['iss']}"
    refusal = x.get("refusal")
    if refusal:
        why = ", ".join(refusal[name] for name in ("problem", "rule") if name in refusal)
        print(f"valid: {about}, {refusal['dataRequestId']}: {refusal['outcome']} by {x[refusal['by']]} ({why})")
    else:
        print(f"valid: {about}, {x['permit']['dataRequestId']}")


if __name__ == "__main__":
    main(sys.argv[1:])
