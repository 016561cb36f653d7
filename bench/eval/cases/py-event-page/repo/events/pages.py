from jinja2 import DictLoader, Environment

from events.serial import script_json

PAGE = """<!doctype html>
<title>{{ event.title }}</title>
<h1>{{ event.title }}</h1>
<script>
  window.EVENT = {{ data }};
</script>
<script src="/static/event.js"></script>
"""
environment = Environment(loader=DictLoader({"event.html": PAGE}), autoescape=True)


def event_page(event):
    data = script_json({"title": event["title"], "seats": event["seats"], "notes": event["notes"]})
    return environment.get_template("event.html").render(event=event, data=data)
