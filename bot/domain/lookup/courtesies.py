"""Words of a question that say nothing about its subject: "what does … mean, please"."""

_ENGLISH = """
about are be can could do doe expect expectation expected explain find give help i is it me mean
meaning my need needed our please pls require required requirement show skill tell thank thanks
that this want we what which you your
"""
_CHINESE = "请问要求什么是的我看想吗技能"
COURTESIES = frozenset((*_ENGLISH.split(), *_CHINESE))
"""As words are compared: small letters, no plural ending, each Chinese character by itself."""
