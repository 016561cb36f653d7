def condition(text):
    return f"name = '{text}'"
