from timetable import xmlio


def stops(upload):
    """Yield (code, name) for each stop of an uploaded network file."""
    document = xmlio.read(upload.read())
    for element in document.iterfind("./stops/stop"):
        yield element.get("code"), (element.findtext("name") or "").strip()
