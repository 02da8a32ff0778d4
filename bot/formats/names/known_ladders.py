"""Ladders whose order a whole trade shares, and which words of seniority alone would get wrong."""

import re
from collections.abc import Mapping, Sequence

from bot.formats.mapping.words import normal
from bot.formats.names.seniority import parts_of

_LADDERS = """
intern < analyst < senior analyst < associate < senior associate
  < avp | assistant vice president | associate vice president < vp | vice president
  < svp | senior vice president | senior vp | director | executive director | ed
  < managing director | md < senior managing director | smd | partner
analyst < associate < senior associate < vp | vice president < principal < partner
  < managing partner
assistant manager | associate manager < manager < senior manager | group manager
  < director < senior director < vp | vice president
  < svp | senior vice president < evp | executive vice president
  < ceo | cfo | coo | cto | chief executive officer
staff | staff accountant | staff auditor < senior | senior accountant | senior auditor
  < supervisor | supervising senior < manager | accounting manager | audit manager
  < senior manager | senior audit manager | controller < director < partner
business analyst | analyst < associate | consultant < engagement manager | project leader
  < associate partner < partner < senior partner | managing partner
associate consultant | junior consultant | analyst < senior associate consultant < consultant
  < senior consultant < case team leader | project leader | managing consultant
  < manager | principal consultant < principal | senior manager < associate partner
  < partner < senior partner | managing partner
associate | analyst < senior associate | consultant < senior consultant < manager < senior manager
  < director < partner | managing director < senior partner | managing partner
paralegal | legal assistant < trainee | trainee solicitor | pupil < junior associate
  < associate | solicitor < mid level associate < senior associate | senior solicitor
  < managing associate | legal director < counsel | of counsel
  < salaried partner | non equity partner | income partner | junior partner
  < partner | equity partner < senior partner | managing partner
medical student < intern | pgy 1 | pgy1 < resident | junior resident < senior resident
  < chief resident < fellow < attending | attending physician | consultant
house officer | foundation doctor | fy1 < fy2 < senior house officer | sho | core trainee
  < registrar | specialty registrar < senior registrar < consultant < senior consultant
  < clinical director < medical director
nursing assistant | healthcare assistant | hca | cna < licensed practical nurse | lpn
  < staff nurse | registered nurse | rn < senior staff nurse | senior nurse | charge nurse
  < ward sister | sister | ward manager | nurse manager < matron
  < head of nursing | director of nursing < chief nurse | chief nursing officer
research assistant < phd student | doctoral student | doctoral researcher | phd candidate
  < postdoc | post doc | postdoctoral researcher | postdoctoral fellow | postdoctoral associate
  < assistant professor < associate professor < professor | full professor
  < distinguished professor
teaching assistant | research assistant < teaching fellow | associate lecturer | assistant lecturer
  < lecturer < senior lecturer < reader | associate professor | principal lecturer
  < professor | full professor
research assistant < research associate < research fellow < senior research fellow
  < principal research fellow < professorial research fellow
instructor < assistant professor < associate professor < professor | full professor
administrative assistant | aa < administrative officer | ao < executive officer | eo
  < higher executive officer | heo < senior executive officer | seo < grade 7 | g7 < grade 6 | g6
  < deputy director | scs1 | scs 1 | scs pay band 1 < director | scs2 | scs 2 | scs pay band 2
  < director general | scs3 | scs 3 | scs pay band 3 < permanent secretary
sdr | bdr | sales development representative | business development representative
  < account executive | ae | sales representative | sales rep < senior account executive | senior ae
  < key account manager | enterprise account executive | strategic account executive
  < sales manager | regional sales manager < senior sales manager
  < sales director | director of sales | regional sales director
  < vp sales | vp of sales | vice president of sales < cro | cso | chief revenue officer
account coordinator < account executive < senior account executive < account manager
  < senior account manager < account director < group account director
junior designer < designer < senior designer < lead designer | design lead < principal designer
  < design manager < design director | director of design < head of design
  < vp design | vp of design < chief design officer | cdo
junior designer < designer < senior designer < art director < senior art director
  < associate creative director < creative director < group creative director
  < executive creative director < chief creative officer | cco
junior art director < art director < senior art director < associate creative director
  < creative director < group creative director < executive creative director
  < chief creative officer | cco
apprentice < journeyman | journeyperson < master | foreman
novice < advanced beginner < competent < proficient < expert < master
beginner < intermediate < advanced < expert < master
实习 | 实习生 < 助理 < 初级 < 中级 < 高级 < 资深 < 专家 < 高级专家 < 资深专家 < 首席 | 首席专家
  < 研究员 | 院士
实习 | 實習生 < 助理 < 初級 < 中級 < 高級 < 資深 < 專家 < 高級專家 < 資深專家 < 首席
工程师 < 高级工程师 < 资深工程师 < 专家 | 技术专家 < 高级专家 | 高级技术专家
  < 资深专家 | 资深技术专家 < 研究员 | 首席 | 首席科学家
技术员 < 助理工程师 < 工程师 < 高级工程师 < 正高级工程师 | 教授级高级工程师
实习生 < 助理 < 专员 < 高级专员 < 组长 < 主管 < 高级主管 < 副经理 < 经理 < 高级经理
  < 副总监 < 总监 < 高级总监 < 副总裁 | 副总经理 < 总裁 | 总经理 < 董事长
助教 < 讲师 < 副教授 < 教授
研究实习员 < 助理研究员 < 副研究员 < 研究员
实习医师 < 住院医师 | 住院医生 < 主治医师 | 主治医生 < 副主任医师 < 主任医师
护士 < 护师 < 主管护师 < 副主任护师 < 主任护师
科员 | 办事员 < 副主任科员 | 副科长 | 副科级 < 主任科员 | 科长 | 正科级 < 副处长 | 副处级
  < 处长 | 正处级 < 副司长 | 副局长 | 副厅级 | 副司级 < 司长 | 局长 | 正厅级 | 正司级
  < 副部长 | 副部级 < 部长 | 正部级
一般社員 | 一般 | 社員 | 新入社員 < 主任 < 係長 < 課長代理 | 課長補佐 < 課長
  < 次長 | 部長代理 < 部長 < 本部長 < 執行役員 < 取締役 < 常務 | 常務取締役
  < 専務 | 専務取締役 < 副社長 < 社長 | 代表取締役社長 < 会長
新人 < 若手 < 中堅 < ベテラン
初級 < 中級 < 上級 < 最上級
ジュニア < ミドル < シニア < リード | スタッフ < プリンシパル
사원 < 주임 < 대리 < 과장 < 차장 < 부장 < 이사 < 상무 < 전무 < 부사장 < 사장 < 회장
"""


def _parsed() -> tuple[Mapping[str, int], ...]:
    ladders: list[Mapping[str, int]] = []
    for text in re.split(r"\n(?! )", _LADDERS.strip()):
        rungs = [rung.split("|") for rung in text.split("<")]
        ladders.append({normal(name): at for at, rung in enumerate(rungs) for name in rung})
    return tuple(ladders)


_KNOWN = _parsed()
_BRACKETS = re.compile(r"\s*[(（\[].*?[)）\]]")


def known_heights(names: Sequence[str], dropped: frozenset[str]) -> list[list[int]]:
    """Return the heights of the names on each ladder that has all of them.

    Two may have the same height. Names that are all numbered say nothing of a trade. A name is also
    looked for without what stands in brackets, and without the words that are `dropped`, such as
    those of the role.
    """
    if all(any(sign.isdigit() for sign in name) for name in names):
        return []
    wordings = [_wordings(name, dropped) for name in names]
    found: list[list[int]] = []
    for ladder in _KNOWN:
        heights = [
            next((ladder[each] for each in wording if each in ladder), None) for wording in wordings
        ]
        known = [height for height in heights if height is not None]
        if len(known) == len(names):
            found.append(known)
    return found


def share_a_ladder(names: Sequence[str]) -> bool:
    """Whether these are all rungs of one such ladder, at least three of them."""
    return len(set(map(normal, names))) > 2 and any(
        len(set(heights)) > 2 for heights in known_heights(names, frozenset())
    )


def _wordings(name: str, dropped: frozenset[str]) -> list[str]:
    plain = normal(name)
    less = " ".join(word for word in plain.split() if word not in dropped)
    if not plain.isascii():
        less = "".join(word for word in parts_of(name) if word not in dropped)
    return [each for each in (plain, normal(_BRACKETS.sub("", name)), less) if each]
