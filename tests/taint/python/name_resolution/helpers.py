import ast
import os as shell


def eval(text):
    return ast.literal_eval(text)
