import json
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.digests import matches
from firmware.flash import flash

KEY = Ed25519PublicKey.from_public_bytes(Path("/etc/mill/maker.pub").read_bytes())


class Refused(Exception):
    pass


def install(manifest, signature, image):
    """Install an image that any supplier sends, with a manifest signed by the maker after review."""
    KEY.verify(signature, manifest)
    facts = json.loads(manifest)
    with tempfile.NamedTemporaryFile() as handle:
        handle.write(image)
        handle.flush()
        if not matches(handle.name, facts["algorithm"], facts["digest"]):
            raise Refused(facts["digest"])
        flash(handle.name)
