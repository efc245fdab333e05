"""A local Slack workspace as strict as Slack: to try the bot in without a token, and to test it against."""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import UserError
from bot.sandbox.faults import Fault
from bot.sandbox.manifest import Manifest
from bot.sandbox.people import default_workspace
from bot.sandbox.records import Call, Failure
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace import Workspace

__all__ = [
    "Call",
    "Failure",
    "Fault",
    "Manifest",
    "Sandbox",
    "SandboxClock",
    "UserError",
    "Workspace",
    "default_workspace",
]
