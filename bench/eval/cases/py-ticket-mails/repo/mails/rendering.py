from string import Template


# organisers write their own templates
def render(source, **context):
    return Template(source).safe_substitute(context)
