"""Emoji by Slack's short names: those that bots use. An unknown one keeps its colons."""

import re

from bot.sandbox.web.html import Html, el, text

_KNOWN = {
    "wave": "👋", "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "rotating_light": "🚨",
    "red_circle": "🔴", "large_orange_circle": "🟠", "orange_circle": "🟠", "large_yellow_circle": "🟡",
    "yellow_circle": "🟡", "large_green_circle": "🟢", "green_circle": "🟢", "large_blue_circle": "🔵",
    "white_circle": "⚪", "black_circle": "⚫", "tada": "🎉", "eyes": "👀", "fire": "🔥", "rocket": "🚀", "star": "⭐",
    "bell": "🔔", "no_bell": "🔕", "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️", "clock1": "🕐",
    "hourglass": "⌛", "alarm_clock": "⏰", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "clipboard": "📋",
    "bar_chart": "📊", "chart_with_upwards_trend": "📈", "chart_with_downwards_trend": "📉", "moneybag": "💰",
    "bulb": "💡", "mag": "🔍", "link": "🔗", "lock": "🔒", "unlock": "🔓", "key": "🔑", "email": "✉️", "phone": "☎️",
    "telephone_receiver": "📞", "handshake": "🤝", "raised_hands": "🙌", "clap": "👏", "pray": "🙏", "muscle": "💪",
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "heart": "❤️", "smile": "😄",
    "slightly_smiling_face": "🙂", "thinking_face": "🤔", "sob": "😭", "office": "🏢", "busts_in_silhouette": "👥",
    "bust_in_silhouette": "👤",
    "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_right": "➡️", "arrow_left": "⬅️", "repeat": "🔁", "pushpin": "📌",
    "bookmark": "🔖", "ticket": "🎫", "package": "📦", "gear": "⚙️", "wrench": "🔧", "question": "❓",
    "exclamation": "❗", "information_source": "ℹ️", "speech_balloon": "💬", "books": "📚", "dart": "🎯", "trophy": "🏆",
    "zap": "⚡",
    "palm_tree": "🌴", "face_with_thermometer": "🤒", "house_with_garden": "🏡", "bus": "🚌", "coffee": "☕",
    "heavy_plus_sign": "➕", "heavy_minus_sign": "➖", "wastebasket": "🗑️", "file_folder": "📁", "page_facing_up": "📄",
    "robot_face": "🤖", "sparkles": "✨", "snail": "🐌", "zzz": "💤", "construction": "🚧", "seedling": "🌱",
}  # fmt: skip
SHORT_NAME = re.compile(r":([a-z0-9_+'-]{1,60})(?:::skin-tone-[2-6])?:")


def emoji(name: str) -> Html:
    """One emoji with its name for screen readers."""
    sign = _KNOWN.get(name.partition("::")[0])
    return (
        el("span", sign, class_="emoji", role="img", aria_label=name, title=f":{name}:") if sign else text(f":{name}:")
    )
