def condition(text):
    return "name = '%s'" % text
