"""Words of a question that say nothing about its subject: "what does … mean, please"."""

COURTESIES = frozenset(
    "about are be can could do doe expect expectation expected explain find give help i is it me"
    " mean meaning my need needed our please pls require required requirement show skill tell"
    " thank thanks that this want we what which you your"
    " 请 要 求 什 么 是 的 我 看 想 吗 技 能".split()
)
"""As words are compared: in small letters, without a plural ending."""
