from markupsafe import Markup, escape


def stars(count):
    return Markup('<span class="stars">{}</span>').format("*" * max(0, min(5, count)))


def entry(author, text, count):
    """One entry; markupsafe escapes what it is given."""
    head = Markup("<h3>{} {}</h3>").format(author, stars(count))
    body = Markup(f"<blockquote>{text}</blockquote>")
    return head + body


def title(text):
    return Markup("<title>") + escape(text) + Markup("</title>")
