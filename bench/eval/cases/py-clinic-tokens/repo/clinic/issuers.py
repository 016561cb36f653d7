from pathlib import Path

KEYS = Path("/etc/clinic/keys")

ISSUERS = {
    "https://id.canton.example": (KEYS / "canton.pem").read_text(),
    "https://id.hospital.example": (KEYS / "hospital.pem").read_text(),
}
