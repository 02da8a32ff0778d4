"""A local Slack: the stand-in that the bot cannot tell from Slack, on this machine's loopback only.

Start with `bot.sandbox.local_slack.LocalSlack`. It knows nothing of the bot it serves.

Imitated, with the place in Slack's documentation (docs.slack.dev) each rule is taken from:

- Signed requests (`authentication/verifying-requests-from-slack`), slash commands
  (`interactivity/implementing-slash-commands`), interactions and response URLs
  (`interactivity/handling-user-interaction`), modals (`surfaces/modals`), App Home
  (`surfaces/app-home`), shortcuts (`interactivity/implementing-shortcuts`).
- Events with their retries (`apis/events-api`); Socket Mode (`apis/events-api/using-socket-mode`).
- Web API methods (`reference/methods/<method>`), rate limits (`apis/web-api/rate-limits`).
- Limits of blocks, elements and views (`reference/block-kit`, `reference/views`).

Not imitated: search, reactions, user groups, workflows, Slack Connect, scheduled messages, message
events, unfurling, token rotation, and Enterprise Grid beyond the ids in payloads. Where Slack's
documents and its behaviour differ or are silent, the local Slack is strict or says so in a warning:
an ephemeral message is not part of the payload of a press on it, an ack's body for a press is
ignored, and a post to the response URL of a press replaces the message only if it says so.
"""
