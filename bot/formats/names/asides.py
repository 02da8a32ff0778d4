"""Headers of columns that are about a row: who owns it, where it comes from, remarks."""

from bot.formats.mapping.words import normal, words_of

_WORDS = words_of(
    "note notes comment comments remark remarks owner source status version date link links url"
    " id priority weight weighting example examples evidence resource resources training course"
    " courses learning tool tools who responsible author reviewer related reference references"
    " framework tag tags keyword keywords total sum average avg min max gap score current target"
    " actual expected people team employee employees why definition scope roles applies applicable"
    " rollen anmerkung anmerkungen kommentar bemerkung quelle verantwortlich beispiel beispiele"
    " gewicht remarque remarques commentaire commentaires notas comentario comentarios"
    " observações примечание комментарий 备注 说明 备考 示例 负责人 适用岗位 适用角色 備考"
    " 合计 总计 小计 总分 平均 平均分 权重"
    " メモ 비고"
)


def speaks_of_row(header: str) -> bool:
    """Whether a word of a header says that its column is about the row: ``Owner of it``."""
    return not _WORDS.isdisjoint(normal(header).split())


def is_of_row(header: str) -> bool:
    """Whether nothing but such words are in a header: ``Comment``, ``Notes``."""
    words = normal(header).split()
    return bool(words) and _WORDS.issuperset(words)
