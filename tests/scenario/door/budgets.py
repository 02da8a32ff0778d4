"""The budget of every listener: a new one needs a line here.

A read is three trips on PostgreSQL: BEGIN with its limits, one statement for all of a member's own
rows, and the end. Where a line is dear, that is why:

- catalogue_publish, catalogue_publish_draft, catalogue_rollback, catalogue_take_back: every table
  of a catalogue is written.
- catalogue_later: a draft is kept, and who looks at it is asked; what publishing reaches is counted
  (4), as with every upload and comparison. Whether somebody published since is asked again (3), as
  it is by catalogue_approve.
- catalogue_back, catalogue_rollback: what ends is found out before, and again when the name is
  typed.
- catalogue_upload, catalogue_understood, catalogue_ask_again, catalogue_continue: whether somebody
  owns the catalogue is asked before and while the file is read (6), the upload is kept (5), what
  was found is kept with it (4), and so is an errand (6); a comparison comes on top.
- The Home of an owner shows the upload that waits, which is asked for (3): choose_role, pick_role,
  catalogue_….
- catalogue_…, export_data, forget_me: what an admin does is noted with it, read out with the rest,
  and told without who was forgotten (1 each; publishing for the first time is two acts).
- export_data, forget_me: drafts of the catalogue are read, too (1 each).
- export_data, forget_me: who installed the app is read, and forgotten (1 each).
- keep_goal: Home asks what changed since, which takes a slice of the revision then.
- app_home_opened: an older revision is read, which the goal is pinned to, a slice of each table;
  it is kept from then on.
- export_data, export_packet, show_chart, catalogue_…: an errand is kept before it begins (3), and
  let go when it is done (3), so that it survives the process; forget_me lets go of all of them (1).
- app_uninstalled: whether it was installed since (3), which token is kept (3); the tokens go, and
  it is noted since when (8). Everything of a workspace goes, table by table, where nothing is kept.
- forget_me: whoever is on a list, because their workspace moves, is taken off it (1).
- organisation_…: what an organisation met is read anew, with who owns what (7), and whether
  somebody owns the organisation (3); picking a framework is one change, and Home reads the goal's
  revision, a slice of each table.
- grid_migration_…, team_access_…: an errand is kept, and its first turn is done beside the answer;
  where several wait, by 4 trips more or fewer.
- /skill, find, helpers: who offers help is read where it is not at hand (3).
- adoption, adoption_file: whether somebody owns the catalogue is asked (3), and what was counted
  (3); a file is an errand besides (6).
- change_offer: the offer (3 more: what Slack said of the account, and a note for all caches); who
  offers help is read anew (3), and Home without a goal asks who owns the catalogue (3).
- export_data, forget_me: pairs and what Slack said of a helper's account are read (2).
- user_change: what was said of a helper's account is read with the rest (1), and kept (2).
- forget_me: somebody's offers go (1), and the errands that take back what others were sent (4).
- catalogue_check and its pages: whether somebody owns the catalogue is asked anew (3), once more
  before the modal opens, and then what it is (3) and what members said about it (3).
- drop_goal: Home without a goal shows who owns the catalogue, which is asked for anew (3).
- details…, mark, confirm_…: Details show what colleagues said of the expectation, which is read
  (3) where it is not at hand, and a packet has it (3). Every process hears of a change to it (1).
  An ask is kept with its letter and two errands, and Details are drawn anew.
  export_data, forget_me, /growth: it is read out, and forgotten, too (2 each).
- export_packet: what the manager marks is read, too (3).
- /growth: a goal is set for the first time (7), its nudges are told of (3), the hub is shown (3),
  and so is Home, which may have changed since (3).
- share_…, share, confirm_…, agreed_…, answer_pair: letters go out, and come back, beside the
  answer: each is an errand of its own, with a claim, what it says and its end. Homes of both are
  drawn anew.
- share_accept, confirm_answer, answer_pair, forget_me: the two are kept before anything between
  them is written, and shares before their letters (1; 2 with a share): so neither waits for ever.
- talks, share_open: that it is opened is noted, and in which modal, so that it can be closed, while
  the share is held (1): it may end just then.
- team, team_level, team_role, team_page: who shares is read before Slack is asked who they are and
  after (3 each), the looks are noted (6, each share held), and where they go on (4). team_table,
  team_picture, team_file: a letter of its own, with what it shows and a look once it has arrived;
  of a table also whether Slack takes the newer one there (3).
- drop_goal, goal, pick_goal, set_goal and what may reach a goal: shares of it end (1).
- Home without a goal says who shares with one, which is asked for (3): choose_role, pick_role, what
  an owner without a goal does with the catalogue, forget_me.
- export_data, forget_me: shares, looks and messages are read, too (1 each); forgetting takes back
  what was sent (6).
- evidence: the piece that a nudge asked for is kept (6), then the nudge is answered (5): two
  changes, for the piece stays where the nudge is past; then the message and Home are redrawn (6).
"""

from typing import NamedTuple


class Trips(NamedTuple):
    """Most round trips to the database, on either: with the member at hand, and anew."""

    at_hand: int
    anew: int


BUDGETS = {
    "action action_did": Trips(0, 3),
    "action action_done": Trips(8, 11),
    "action action_drop": Trips(8, 11),
    "action action_list": Trips(0, 3),
    "action action_move": Trips(0, 3),
    "action action_plan": Trips(0, 3),
    "action add_evidence": Trips(0, 3),
    "action adopt_goal": Trips(8, 11),
    "action adoption": Trips(7, 10),
    "action adoption_file": Trips(13, 16),
    "action answer_pair": Trips(62, 65),
    "action agreed_accept": Trips(67, 70),
    "action agreed_decline": Trips(66, 69),
    "action agreed_move": Trips(8, 11),
    "action agreed_off": Trips(82, 85),
    "action agreed_propose": Trips(5, 8),
    "action agreed_withdraw": Trips(50, 53),
    "action ask_to_drop_goal": Trips(0, 3),
    "action assess": Trips(0, 3),
    "action assess_answer": Trips(8, 11),
    "action assess_gap": Trips(0, 3),
    "action assess_goal": Trips(10, 13),
    "action assess_section": Trips(0, 3),
    "action assess_to": Trips(0, 3),
    "action assess_undo": Trips(8, 11),
    "action catalogue_approve": Trips(16, 19),
    "action catalogue_ask_again": Trips(33, 36),
    "action catalogue_built_in": Trips(25, 28),
    "action catalogue_call_off": Trips(10, 13),
    "action catalogue_changes": Trips(3, 6),
    "action catalogue_check": Trips(12, 15),
    "action catalogue_comment": Trips(6, 9),
    "action catalogue_compare": Trips(28, 31),
    "action catalogue_continue": Trips(12, 15),
    "action catalogue_decide": Trips(3, 6),
    "action catalogue_download": Trips(3, 6),
    "action catalogue_drop": Trips(15, 18),
    "action catalogue_filter": Trips(3, 6),
    "action catalogue_later": Trips(3, 6),
    "action catalogue_owners": Trips(3, 6),
    "action catalogue_page": Trips(3, 6),
    "action catalogue_publish": Trips(24, 27),
    "action catalogue_publish_draft": Trips(89, 92),
    "action catalogue_rollback": Trips(6, 9),
    "action catalogue_take_back": Trips(76, 79),
    "action catalogue_upload": Trips(6, 9),
    "action catalogue_warnings": Trips(3, 6),
    "action change_goal": Trips(0, 3),
    "action change_offer": Trips(13, 16),
    "action change_role": Trips(0, 3),
    "action check_page": Trips(9, 12),
    "action check_rule": Trips(9, 12),
    "action choose_role": Trips(9, 12),
    "action confirm_answer": Trips(3, 6),
    "action confirm_ask": Trips(0, 3),
    "action confirm_decline": Trips(14, 17),
    "action confirm_include": Trips(5, 8),
    "action confirm_leave_out": Trips(5, 8),
    "action confirm_withdraw": Trips(30, 33),
    "action delete_evidence": Trips(8, 11),
    "action details": Trips(3, 6),
    "action details_level": Trips(3, 6),
    "action details_role": Trips(3, 6),
    "action edit_evidence": Trips(0, 3),
    "action export_data": Trips(34, 37),
    "action export_packet": Trips(15, 18),
    "action find": Trips(3, 6),
    "action find_role": Trips(0, 3),
    "action find_target": Trips(0, 3),
    "action finder": Trips(0, 3),
    "action finder_level": Trips(0, 3),
    "action helpers": Trips(0, 3),
    "action forget_me": Trips(28, 31),
    "action keep_goal": Trips(11, 14),
    "action language": Trips(10, 13),
    "action level": Trips(0, 3),
    "action list_evidence": Trips(0, 3),
    "action mark": Trips(11, 14),
    "action mark_menu": Trips(8, 11),
    "action my_offers": Trips(0, 3),
    "action nudge_another": Trips(10, 13),
    "action nudge_as_it_is": Trips(9, 12),
    "action nudge_begin": Trips(9, 12),
    "action nudge_did_it": Trips(3, 6),
    "action nudge_goal": Trips(14, 17),
    "action nudge_later": Trips(10, 13),
    "action nudge_less_often": Trips(10, 13),
    "action nudge_met": Trips(9, 12),
    "action nudge_not_relevant": Trips(10, 13),
    "action nudge_not_yet": Trips(10, 13),
    "action nudge_pause": Trips(11, 14),
    "action nudge_resume": Trips(8, 11),
    "action nudge_settings": Trips(3, 6),
    "action nudge_stop": Trips(10, 13),
    "action nudge_working": Trips(10, 13),
    "action organisation_frameworks": Trips(13, 13),
    "action organisation_page": Trips(13, 13),
    "action organisation_pick": Trips(89, 89),
    "action pick_goal": Trips(13, 16),
    "action pick_role": Trips(16, 19),
    "action place_evidence": Trips(10, 13),
    "action point_done": Trips(37, 40),
    "action recount_seen": Trips(8, 11),
    "action rhythm_end": Trips(24, 27),
    "action rhythm_go_on": Trips(24, 27),
    "action rhythm_pause": Trips(24, 27),
    "action rhythm_set": Trips(11, 14),
    "action rung_role": Trips(0, 3),
    "action see_all": Trips(0, 3),
    "action set_goal": Trips(13, 16),
    "action settings": Trips(0, 3),
    "action share": Trips(0, 3),
    "action share_accept": Trips(48, 51),
    "action share_change": Trips(4, 7),
    "action share_decline": Trips(63, 66),
    "action share_goal": Trips(0, 3),
    "action share_keep": Trips(11, 14),
    "action share_list": Trips(4, 7),
    "action share_mine": Trips(3, 6),
    "action share_open": Trips(18, 21),
    "action manager_mark": Trips(30, 33),
    "action marks_page": Trips(10, 13),
    "action marks_send": Trips(53, 56),
    "action marks_show": Trips(6, 9),
    "action mark_reply": Trips(6, 9),
    "view manager_mark": Trips(31, 34),
    "view mark_reply": Trips(50, 53),
    "action share_page": Trips(13, 16),
    "action share_stop": Trips(51, 54),
    "action team": Trips(20, 23),
    "action team_file": Trips(45, 48),
    "action team_level": Trips(17, 20),
    "action team_page": Trips(39, 42),
    "action team_picture": Trips(45, 48),
    "action team_role": Trips(17, 20),
    "action team_table": Trips(48, 51),
    "action show": Trips(0, 3),
    "action show_chart": Trips(9, 12),
    "action talk_note": Trips(11, 14),
    "action talks": Trips(24, 27),
    "action unclear": Trips(0, 3),
    "action undo_mark": Trips(8, 11),
    "command /growth": Trips(29, 32),
    "command /promote-gap": Trips(0, 3),
    "command /skill": Trips(3, 6),
    "event app_home_opened": Trips(39, 42),
    "event app_uninstalled": Trips(27, 27),
    "event grid_migration_finished": Trips(50, 50),
    "event grid_migration_started": Trips(24, 24),
    "event team_access_granted": Trips(66, 66),
    "event team_access_revoked": Trips(48, 48),
    "event tokens_revoked": Trips(0, 0),
    "event user_change": Trips(15, 15),
    "options choose_role": Trips(0, 3),
    "options evidence_cells": Trips(0, 3),
    "options find": Trips(0, 3),
    "options find_role": Trips(0, 3),
    "options find_target": Trips(0, 3),
    "options finder": Trips(0, 3),
    "options nudge_zone": Trips(3, 6),
    "options place_evidence": Trips(0, 3),
    "options rung_role": Trips(0, 3),
    "shortcut find_skill": Trips(0, 3),
    "shortcut save_evidence": Trips(0, 3),
    "view action": Trips(12, 15),
    "view agreed": Trips(82, 85),
    "view aside": Trips(8, 11),
    "view assessment": Trips(0, 3),
    "view catalogue_back": Trips(90, 93),
    "view catalogue_comment": Trips(12, 15),
    "view catalogue_download": Trips(12, 15),
    "view catalogue_later": Trips(45, 48),
    "view catalogue_owners": Trips(19, 22),
    "view catalogue_publish": Trips(84, 87),
    "view catalogue_publish_here": Trips(78, 81),
    "view catalogue_rollback": Trips(76, 79),
    "view catalogue_understood": Trips(40, 43),
    "view catalogue_upload": Trips(41, 44),
    "view confirm_answer": Trips(39, 42),
    "view confirm_ask": Trips(50, 53),
    "view details": Trips(11, 14),
    "view drop_goal": Trips(10, 13),
    "view evidence": Trips(17, 20),
    "view forget_me": Trips(47, 50),
    "view goal": Trips(10, 13),
    "view nudge_settings": Trips(11, 14),
    "view rhythm": Trips(24, 27),
    "view role": Trips(10, 13),
    "view share": Trips(63, 66),
    "view talk_note": Trips(37, 40),
    "view unclear": Trips(8, 11),
    "view_closed assessment": Trips(0, 3),
}
