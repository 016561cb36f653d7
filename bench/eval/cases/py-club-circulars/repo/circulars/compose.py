from html import escape

from jinja2 import Environment, PackageLoader

environment = Environment(loader=PackageLoader("circulars"), autoescape=True)

GREETING = "<p>Dear %s,</p>\n{%% include 'body.html' %%}\n<p>{{ club }}</p>"


def compose(member, club):
    # names are written by members, so they are escaped before they go in
    source = GREETING % escape(member.display_name)
    return environment.from_string(source).render(club=club.name, news=club.news)
