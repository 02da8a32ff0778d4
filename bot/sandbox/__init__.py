"""A local Slack: the stand-in that the bot cannot tell from Slack, on this machine's loopback only.

Start with `bot.sandbox.local_slack.LocalSlack`. It knows nothing of the bot it serves. How to use
it, what it imitates and what not is in docs/sandbox.md; tests hold that page to the code.
"""
