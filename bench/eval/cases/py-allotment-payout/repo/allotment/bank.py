def valid_iban(text):
    if not 15 <= len(text) <= 34 or not text.isalnum() or not text.isascii():
        return False
    digits = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return int(digits) % 97 == 1
